import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { roles } from '../access.ts';
import type { Store } from '../store/db.ts';
import { people } from '../store/tables/people.ts';

const rolesShape = z.array(z.enum(roles));

export type PersonRow = Omit<typeof people.$inferSelect, 'roles'> & {
  roles: z.infer<typeof rolesShape>;
};
export type PersonChange = Partial<Omit<PersonRow, 'id' | 'login' | 'createdAt'>>;

/** The accounts in the database. */
export interface PeopleRepo {
  all(): PersonRow[];
  byId(id: string): PersonRow | null;
  byLogin(login: string): PersonRow | null;
  byStaffNo(staffNo: string): PersonRow | null;
  add(row: PersonRow): void;
  change(id: string, change: PersonChange): void;
}

export function createPeopleRepo({ db }: Store): PeopleRepo {
  const one = (where: ReturnType<typeof eq>) => {
    const row = db.select().from(people).where(where).get();
    return row === undefined ? null : toPerson(row);
  };
  return {
    all: () => db.select().from(people).orderBy(asc(people.staffNo)).all().map(toPerson),
    byId: (id) => one(eq(people.id, id)),
    byLogin: (login) => one(eq(people.login, login.toLowerCase())),
    byStaffNo: (staffNo) => one(eq(people.staffNo, staffNo)),
    add: (row) => void db.insert(people).values(row).run(),
    change: (id, change) => void db.update(people).set(change).where(eq(people.id, id)).run(),
  };
}

function toPerson(row: typeof people.$inferSelect): PersonRow {
  return { ...row, roles: rolesShape.parse(row.roles) };
}
