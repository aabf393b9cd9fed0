import { maskNumbersIn } from '../kit/mask.ts';
import type { OrderRow } from './repo.ts';
import type { TaskView } from './task-schema.ts';
import type { Units } from './units.ts';

interface Around {
  readonly units: Units;
  readonly nameOf: (personId: string) => string;
}

/** Instructions and decisions of an order, for whoever may see the order. */
export function tasksOf({ id, number, title, folded }: OrderRow, around: Around): TaskView[] {
  const { units, nameOf } = around;
  return folded.tasks.map(({ unitId, givenBy, feedback, meeting = null, ...task }) => ({
    ...task,
    orderId: id,
    number,
    title: maskNumbersIn(title),
    text: maskNumbersIn(task.text),
    givenBy: nameOf(givenBy),
    meeting: meeting && { ...meeting, title: maskNumbersIn(meeting.title) },
    unit: unitId === null ? null : units.nameOf(unitId),
    feedback: feedback && {
      at: feedback.at,
      person: nameOf(feedback.personId),
      text: maskNumbersIn(feedback.text),
    },
  }));
}
