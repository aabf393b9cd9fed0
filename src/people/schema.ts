import { z } from 'zod';
import { permissions, roles } from '../access.ts';

export { type Permission, type Person, permissions, type Role, roles } from '../access.ts';

/** The signed-in person, for the console. */
export const meSchema = z
  .object({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    staffNo: z.string(),
    roles: z.array(z.enum(roles)),
    permissions: z.array(z.enum(permissions)),
    mustChangePassword: z.boolean(),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;

export const signInSchema = z.strictObject({
  login: z.string().trim().min(1).max(60),
  password: z.string().min(1).max(200),
});

/** An account as the security administrator sees it. */
export const personSchema = z
  .object({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    staffNo: z.string(),
    team: z.string(),
    roles: z.array(z.enum(roles)),
    disabled: z.boolean(),
    lockedUntil: z.int().nullable(),
    mustChangePassword: z.boolean(),
    createdAt: z.int(),
  })
  .meta({ id: 'Person' });
export type PersonView = z.infer<typeof personSchema>;

export const newPersonSchema = z.strictObject({
  login: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/),
  name: z.string().trim().min(1).max(40),
  staffNo: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z-]{1,20}$/),
  team: z.string().trim().max(40).default(''),
  roles: z.array(z.enum(roles)).min(1),
});
export const personChangeSchema = newPersonSchema
  .omit({ login: true })
  .extend({ disabled: z.boolean() })
  .partial();
