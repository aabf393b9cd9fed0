/** Roles by the separation of duties GB/T 22239 asks for: system, security and audit apart. */
export const roles = [
  'agent',
  'leader',
  'inspector',
  'dispatcher',
  'reviewer',
  'visitor',
  'supervisor',
  'unit-operator',
  'unit-leader',
  'city-leader',
  'data-protection',
  'admin',
  'security',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

/** Everything a route or a socket event can ask for. Closed list; `people/rules.ts` says who may. */
export const permissions = [
  'desk.use',
  'floor.watch',
  'floor.lead',
  'calls.read-own',
  'calls.read-all',
  'calls.export',
  'number.reveal',
  'callers.read',
  'callers.change',
  'orders.use',
  'orders.change-rules',
  'orders.supervise',
  'orders.compare',
  'messages.read',
  'recording.listen',
  'hotline.read',
  'hotline.change',
  'seats.read',
  'seats.change',
  'people.read',
  'people.change',
  'audit.read',
] as const;
export type Permission = (typeof permissions)[number];

/** Who is asking: an account with a live session. */
export interface Person {
  id: string;
  login: string;
  name: string;
  staffNo: string;
  roles: Role[];
  mustChangePassword: boolean;
}

/** One act worth keeping: who did what to whom, from where. `subject` is e.g. `call:01J…`. */
export interface AuditEntry {
  person: Pick<Person, 'id' | 'name'> | null;
  ip: string;
  action: string;
  subject: string;
  detail?: Record<string, unknown>;
}

/** Writes the audit. Joins the transaction it is called in, so act and trace are kept together. */
export type Auditor = (entry: AuditEntry) => void;
