import type { Order, OrderEvent, Task } from './order.ts';

/** A task that an event gives to whoever has the order now. */
export function newTask(
  { leadUnitId, state }: Order,
  { at, by, data }: OrderEvent,
  kind: Task['kind'],
): Task {
  const isAtHotline = state === 'accepted' || state === 'review' || state === 'dispute';
  return {
    id: data.taskId ?? '',
    kind,
    text: data.why ?? '',
    givenBy: by.personId,
    givenAt: at,
    unitId: isAtHotline ? null : leadUnitId,
    dueAt: data.until ?? null,
    ...(data.meeting && { meeting: data.meeting }),
    feedback: null,
    closedAt: null,
  };
}

/** The order after a note of those who supervise it; null for any other note. */
export function supervisedBy(order: Order, event: OrderEvent): Order | null {
  const { at, by, data, move } = event;
  switch (move) {
    case 'feedback':
      return withTask(order, data.taskId, {
        feedback: { at, personId: by.personId, text: data.why ?? '' },
      });
    case 'settle':
      return withTask(order, data.taskId, data.settled ? { closedAt: at } : { feedback: null });
    case 'decision':
      return {
        ...order,
        coUnitIds: data.coUnitIds ?? order.coUnitIds,
        tasks: [...order.tasks, newTask(order, event, 'decision')],
      };
    case 'look-again':
      return order.plan === null
        ? order
        : {
            ...order,
            plan: {
              text: data.plan ?? order.plan.text,
              reviewAt: data.until ?? order.plan.reviewAt,
            },
          };
    default:
      return null;
  }
}

/** The first day by which somebody has to answer an instruction; null when nobody has to. */
export function taskDue({ tasks }: Order): number | null {
  const days = tasks.filter(isOwed).map(({ dueAt, givenAt }) => dueAt ?? givenAt);
  return days.length === 0 ? null : Math.min(...days);
}

/** A task that still wants an answer. */
export function isOwed({ feedback, closedAt }: { feedback: unknown; closedAt: unknown }): boolean {
  return feedback === null && closedAt === null;
}

function withTask(order: Order, taskId: string | undefined, change: Partial<Task>): Order {
  const tasks = order.tasks.map((task) => (task.id === taskId ? { ...task, ...change } : task));
  return { ...order, tasks };
}
