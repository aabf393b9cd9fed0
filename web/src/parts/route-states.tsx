import { common } from '../text/common.ts';
import { useWords } from '../text/language.ts';
import { Blank, Failure, Waiting } from './blank.tsx';

export function NotFound() {
  const t = useWords(common);
  return <Blank title={t.notFound} help={t.notFoundHelp} />;
}

export function RouteFailure({ error, reset }: { error: unknown; reset: () => void }) {
  return <Failure error={error} retry={reset} />;
}

export function RouteWaiting() {
  return <Waiting />;
}
