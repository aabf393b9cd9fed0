/** What callers are told of an incident before they wait. */
export interface CallBulletin {
  id: string;
  promptId: string;
  /** Who hears it: callers of these entries, queues or menu choices; all empty = everybody. */
  scope: {
    entries: readonly string[];
    queues: readonly string[];
    choices: readonly string[];
  };
  startsAt: number;
  endsAt: number | null;
}

/** How a caller came: `choice` is the path of the menu choice, e.g. `main/7`. */
interface Way {
  entryId: string;
  queueId: string;
  choice: string | undefined;
}

/** The bulletins a caller hears who comes this way now, in the order they were switched on. */
export function dueBulletins(
  all: readonly CallBulletin[],
  way: Way,
  now: number,
): { id: string; promptId: string }[] {
  return all
    .filter(({ startsAt, endsAt }) => startsAt <= now && (endsAt === null || now < endsAt))
    .filter(({ scope }) => concerns(scope, way))
    .map(({ id, promptId }) => ({ id, promptId }));
}

function concerns(scope: CallBulletin['scope'], { entryId, queueId, choice }: Way): boolean {
  const { entries, queues, choices } = scope;
  if (entries.length + queues.length + choices.length === 0) return true;
  if (entries.includes(entryId) || queues.includes(queueId)) return true;
  // A choice stands for everything below it.
  return choices.some((path) => choice === path || choice?.startsWith(`${path}/`));
}
