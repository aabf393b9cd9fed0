import { permissionsOf } from '../../src/people/rules.ts';
import type { Me, PersonView, Role } from '../../src/people/schema.ts';
import { demoNow } from './demo-clock.ts';

const familyNames =
  '陈林黄张李王吴刘蔡杨许郑谢郭洪邱曾廖赖徐周叶苏庄吕江何萧罗高潘简朱钟彭游詹胡施沈余卢梁赵颜柯翁魏孙戴范方宋邓杜傅侯曹薛丁卓马董唐蓝';
const givenNames = [
  '敏',
  '晓彤',
  '志远',
  '佳怡',
  '雨桐',
  '建国',
  '思琪',
  '文博',
  '海燕',
  '俊杰',
  '静',
  '宇航',
  '慧敏',
  '子涵',
  '丽娟',
  '浩然',
  '婷婷',
  '嘉欣',
  '伟',
  '雪梅',
];

/** The name of the n-th agent. */
export function nameOf(n: number): string {
  const family = familyNames[n % familyNames.length] ?? '陈';
  return family + (givenNames[(n * 7) % givenNames.length] ?? '敏');
}

const teams = ['一组', '二组', '三组', '夜班'];
const day = 86_400_000;

function agent(n: number): PersonView {
  return {
    id: `p-${1000 + n}`,
    login: n === 0 ? 'agent' : `agent${n}`,
    name: nameOf(n),
    staffNo: `A${1001 + n}`,
    team: teams[n % teams.length] ?? '',
    roles: n % 15 === 14 ? ['agent', 'leader'] : ['agent'],
    disabled: n === 57,
    lockedUntil: n === 23 ? demoNow() + 600_000 : null,
    mustChangePassword: n > 54,
    createdAt: demoNow() - 90 * day + n * 3_600_000,
  };
}

function officer(id: string, login: string, name: string, roles: Role[]): PersonView {
  return {
    id,
    login,
    name,
    staffNo: id.toUpperCase(),
    team: '管理',
    roles,
    disabled: false,
    lockedUntil: null,
    mustChangePassword: login === 'new',
    createdAt: demoNow() - 120 * day,
  };
}

/** Everybody of the demo city; any of them signs in with the password `demo`. */
export const people: PersonView[] = [
  officer('p-1', 'all', '沈一鸣', ['agent', 'leader', 'inspector', 'admin', 'security', 'auditor']),
  officer('p-2', 'leader', '周若兰', ['leader']),
  officer('p-3', 'admin', '徐承志', ['admin']),
  officer('p-4', 'security', '高岚', ['security']),
  officer('p-5', 'auditor', '卢正', ['auditor']),
  officer('p-7', 'supervisor', '韩卓', ['supervisor']),
  officer('p-6', 'new', '许新', ['agent']),
  officer('p-7', 'unit', '罗志强', ['unit-operator', 'unit-leader']),
  ...Array.from({ length: 60 }, (_, n) => agent(n)),
];

/** The session reply for a person. */
export function meOf(person: PersonView): Me {
  const { id, login, name, staffNo, roles, mustChangePassword } = person;
  return { id, login, name, staffNo, roles, permissions: permissionsOf(roles), mustChangePassword };
}
