import type { Permission, Role } from '../access.ts';
import { AppError } from '../kit/errors.ts';

/**
 * Who may do what. System, security and audit administration are three roles (GB/T 22239, level 3);
 * a site may give them to three people.
 */
const granted: Record<Role, readonly Permission[]> = {
  /** 话务员: takes calls, sees the own ones. */
  agent: ['desk.use', 'calls.read-own', 'orders.use'],
  /** 班长: runs the floor. */
  leader: [
    // Listening, barging in and taking a caller over need a seat of the leader's own.
    'desk.use',
    'floor.watch',
    'floor.lead',
    'calls.read-all',
    'calls.export',
    'number.reveal',
    'callers.read',
    'callers.change',
    'orders.use',
    'messages.read',
    'recording.listen',
    'hotline.read',
    'seats.read',
  ],
  /** 质检: listens and judges. */
  inspector: ['calls.read-all', 'recording.listen'],
  /** 派单员: sends orders to units, rules on returns. */
  dispatcher: ['orders.use'],
  /** 审核员: checks doubtful orders and replies. */
  reviewer: ['orders.use'],
  /** 回访员: asks callers whether it was solved. */
  visitor: ['orders.use'],
  /** 督办员: hunts what is late or passed around. */
  supervisor: ['orders.use', 'orders.supervise', 'orders.compare'],
  /** 承办经办人: handles what lies with the own unit. */
  'unit-operator': ['orders.use'],
  /** 单位负责人: answers for the own unit. */
  'unit-leader': ['orders.use', 'orders.compare'],
  /** 市领导: reads and instructs. */
  'city-leader': ['orders.use', 'orders.supervise', 'orders.compare'],
  /** 数据保护管理员: confidentiality of orders, with a second person. */
  'data-protection': ['orders.use', 'messages.read'],
  /** 系统管理员: the hotline and its seats, no people, no calls. */
  admin: ['hotline.read', 'hotline.change', 'seats.read', 'seats.change', 'orders.change-rules'],
  /** 安全管理员: accounts and roles. */
  security: ['people.read', 'people.change'],
  /** 审计员: reads what all others did. */
  auditor: ['audit.read'],
};

/** Everything a person with these roles may do, each permission once. */
export function permissionsOf(roles: readonly Role[]): Permission[] {
  return [...new Set(roles.flatMap((role) => granted[role]))];
}

/** Does one of these roles carry the permission? */
export function mayWith(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => granted[role].includes(permission));
}

export interface PasswordRules {
  minLength: number;
  /** How many of letters, digits and symbols must occur. */
  minKinds: number;
}

/** Does a password meet the rules? It may not contain the login either. */
export function isStrongPassword(password: string, login: string, rules: PasswordRules): boolean {
  const kinds = [/\p{L}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}\s]/u].filter((kind) => kind.test(password));
  return (
    password.length >= rules.minLength &&
    kinds.length >= rules.minKinds &&
    !password.toLowerCase().includes(login.toLowerCase())
  );
}

export function weakPassword({ minLength, minKinds }: PasswordRules): AppError {
  return new AppError('password-too-weak', { length: minLength, kinds: minKinds });
}
