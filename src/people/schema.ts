import { z } from 'zod';
import { permissions, roles } from '../access.ts';

export type { Permission, Role } from '../access.ts';

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
export type NewPerson = z.infer<typeof newPersonSchema>;

/** Whatever is left out stays as it is. */
export const personChangeSchema = newPersonSchema
  .omit({ login: true })
  // Without the default of a new account, which would empty the team of an old one.
  .extend({ team: newPersonSchema.shape.team.unwrap(), disabled: z.boolean() })
  .partial();
export type PersonChange = z.infer<typeof personChangeSchema>;

export const passwordChangeSchema = z.strictObject({
  oldPassword: z.string().min(1).max(200),
  newPassword: z.string().min(1).max(200),
});

/** An account and the password its owner must replace; shown once. */
export const personWithPasswordSchema = z
  .object({ person: personSchema, password: z.string() })
  .meta({ id: 'PersonWithPassword' });

/** Who is called what, for everybody signed in. */
export const personNameSchema = z
  .object({ id: z.string(), name: z.string(), staffNo: z.string() })
  .meta({ id: 'PersonName' });

export const auditFilterSchema = z.strictObject({
  person: z.string().max(40).optional(),
  action: z.string().max(60).optional(),
  subject: z.string().max(120).optional(),
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
  /** Rows before this number: `next` of the page before. */
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditPageSchema = z
  .object({
    rows: z.array(
      z.object({
        seq: z.int(),
        at: z.int(),
        personName: z.string(),
        ip: z.string(),
        action: z.string(),
        subject: z.string(),
        detail: z.unknown(),
      }),
    ),
    next: z.int().nullable(),
  })
  .meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof auditPageSchema>;
