import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import type { Permission } from '../../src/people/schema.ts';
import { attachAlerts } from './frame/alerts.ts';
import { attachDesk, useDesk } from './net/desk-store.ts';
import { attachFloor } from './net/floor-store.ts';
import { attachNews } from './net/leading.ts';
import { queryClient, useSession } from './net/queries.ts';
import { closeSocket, openSocket } from './net/socket.ts';
import { SignIn } from './pages/sign-in/sign-in.tsx';
import { Failure } from './parts/blank.tsx';
import { toast } from './parts/toasts.tsx';
import { phoneKeeper } from './phone/phone-keeper.ts';
import { router } from './router.tsx';
import { common } from './text/common.ts';
import { useLanguage } from './text/language.ts';

const ProgressPage = lazy(() =>
  import('./pages/orders/progress-page.tsx').then((page) => ({ default: page.ProgressPage })),
);
const NewPassword = lazy(() => import('./pages/sign-in/new-password.tsx'));

/**
 * Nobody signed in: the sign-in page at whatever address, so that after it one is where one wanted
 * to go; the pages' code comes only then. The live connection and the phone begin here and outlive
 * every page.
 */
export function SessionGate() {
  const session = useSession();
  const me = session.data;
  const working = me && !me.mustChangePassword ? me : null;
  useLiveConnection(working?.id, working?.permissions ?? []);
  // Citizens look up their request without an account.
  if (location.pathname === '/progress') {
    return (
      <Suspense>
        <ProgressPage />
      </Suspense>
    );
  }
  if (session.isPending) return null;
  if (session.isError) {
    return <Failure error={session.error} retry={() => void session.refetch()} />;
  }
  if (!me) return <SignIn />;
  if (me.mustChangePassword) {
    return (
      <Suspense>
        <NewPassword />
      </Suspense>
    );
  }
  return <RouterProvider router={router} />;
}

function useLiveConnection(personId: string | undefined, permissions: readonly Permission[]): void {
  const atDesk = permissions.includes('desk.use');
  useEffect(() => {
    if (personId === undefined) return;
    const socket = openSocket();
    attachFloor(socket);
    attachNews(socket);
    attachAlerts(socket, ({ to, id }) => {
      if (to === 'queue') void router.navigate({ to: '/queues', search: { waiting: id } });
      else if (to === 'call-backs') void router.navigate({ to: '/call-backs' });
      else if (to === 'seat') void router.navigate({ to: '/floor', search: { seat: id } });
      else void router.navigate({ to: '/calls/$callId', params: { callId: id } });
    });
    if (atDesk) attachDesk(socket);
    socket.on('bulletins', () => void queryClient.invalidateQueries({ queryKey: ['bulletins'] }));
    socket.on('hotline', () => void queryClient.invalidateQueries({ queryKey: ['hotline'] }));
    socket.on('signedOut', (why) => {
      const { lang } = useLanguage.getState();
      toast(common[lang].signedOut[why], { tone: 'alert', id: 'signed-out' });
      queryClient.setQueryData(['me'], null);
    });
    const unwatch = atDesk ? phoneKeeper.watch() : undefined;
    return () => {
      unwatch?.();
      closeSocket();
      useDesk.setState({ known: false, held: true, desk: null, pop: null, n: 0 });
      queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
    };
  }, [personId, atDesk]);
}
