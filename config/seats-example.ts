import { z } from 'zod';

/** A seat of the example city: where it stands, what rings there, which queues it serves. */
const seatExample = z.strictObject({
  id: z.string().regex(/^[0-9]{3,6}$/),
  name: z.string().min(1).max(60),
  phone: z.enum(['browser', 'sip']),
  queues: z
    .array(z.strictObject({ queueId: z.string().min(1), level: z.int().min(1).max(9) }))
    .min(1),
});
export type SeatExample = z.infer<typeof seatExample>;

export const seatsExampleSchema = z.strictObject({ seats: z.array(seatExample) });
