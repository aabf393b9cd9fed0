import type { Hotline } from '../../config/hotline.ts';
import type { EmergencyProfile } from '../../config/hotline-leading.ts';
import type { Person } from '../access.ts';
import type { SeatQueues } from '../events-leading.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import type { EmergencyRepo, EmergencyRun } from './emergency-repo.ts';
import { withoutProfile, withProfile } from './emergency-rules.ts';
import type { NoticeService } from './notices.ts';
import type { PlanService } from './plans.ts';
import type { By, LeadingGround } from './ports.ts';
import type { Emergency } from './schema.ts';

/** The hotline's versions. */
export interface Versions {
  current(): { version: number; hotline: Hotline };
  version(version: number): { hotline: Hotline };
  change(
    change: { baseVersion: number; why: string; hotline: Hotline },
    person: Person,
    ip: string,
  ): unknown;
}

/** 应急模式: a prepared set of changes, on with one switch and taken back with another. */
export interface EmergencyService {
  state(): Emergency;
  /** @throws AppError `conflict` when one is on, `not-found` when there is no such profile */
  begin(profileId: string, by: Leader): Emergency;
  /** Everything the profile changed is as before; live calls go on undisturbed. */
  end(by: Leader): Emergency;
}

type Leader = By & { person: Person };

interface EmergencyOptions extends Pick<LeadingGround, 'clock' | 'events' | 'audit'> {
  repo: EmergencyRepo;
  versions: Versions;
  notices: Pick<NoticeService, 'post' | 'withdraw'>;
  plans: Pick<PlanService, 'preview' | 'arrange' | 'list'>;
  nameOf: (personId: string) => string;
}

export function createEmergency(options: EmergencyOptions): EmergencyService {
  const { clock, events, audit, repo, versions, notices, plans, nameOf } = options;

  function state(): Emergency {
    const { emergencyProfiles } = versions.current().hotline;
    const run = repo.on();
    const profile = run && profileOf(run);
    const since = run && { since: run.at, by: nameOf(run.personId) };
    return {
      on: profile && since ? { profileId: profile.id, name: profile.name, ...since } : null,
      profiles: emergencyProfiles.map(({ id, name }) => ({ id, name })),
    };
  }

  /** The profile as it was when it was switched on. */
  function profileOf({ profileId, versionBefore }: EmergencyRun): EmergencyProfile {
    return find(versions.version(versionBefore).hotline, profileId);
  }

  function move(profile: EmergencyProfile): { before: SeatQueues[]; after: SeatQueues[] } {
    const isKept = plans.list().some(({ id }) => id === profile.planId);
    if (profile.planId === null || !isKept) return { before: [], after: [] };
    const { moves } = plans.preview(profile.planId);
    return {
      before: moves.map(({ seatId, before }) => ({ seatId, queues: before })),
      after: moves.map(({ seatId, after }) => ({ seatId, queues: after })),
    };
  }

  function changeTo(hotline: Hotline, why: string, { person, ip }: Leader): void {
    const { version, hotline: now } = versions.current();
    if (JSON.stringify(hotline) === JSON.stringify(now)) return;
    versions.change({ baseVersion: version, why, hotline }, person, ip);
  }

  return {
    state,
    begin(profileId, by) {
      if (repo.on()) throw new AppError('conflict', { what: '应急模式 / emergency' });
      const { version: versionBefore, hotline } = versions.current();
      const profile = find(hotline, profileId);
      const seats = move(profile);
      changeTo(withProfile(hotline, profile), `应急模式开启：${profile.name.zh}`, by);
      const noticeId = profile.notice === null ? null : post(profile.notice, by);
      const runId = newId();
      const personId = by.person.id;
      const began = { runId, profileId, personId, versionBefore, noticeId, seats: seats.before };
      events.append([{ kind: 'emergency.began', at: clock.now(), ...began }], () =>
        audit({ ...by, action: 'emergency.began', subject: `emergency:${profileId}` }),
      );
      plans.arrange(seats.after);
      return state();
    },
    end(by) {
      const run = repo.on();
      if (!run) throw new AppError('not-now');
      const profile = profileOf(run);
      const { hotline: before } = versions.version(run.versionBefore);
      const restored = withoutProfile(versions.current().hotline, before, profile);
      changeTo(restored, `应急模式结束：${profile.name.zh}`, by);
      plans.arrange(run.seats);
      if (run.noticeId !== null) notices.withdraw(run.noticeId, by);
      const ended = { runId: run.id, personId: by.person.id };
      events.append([{ kind: 'emergency.ended', at: clock.now(), ...ended }], () =>
        audit({ ...by, action: 'emergency.ended', subject: `emergency:${run.profileId}` }),
      );
      return state();
    },
  };

  function post(text: string, by: Leader): string {
    return notices.post({ text, isUrgent: true, audience: { to: 'all' }, until: null }, by);
  }
}

function find(hotline: Hotline, profileId: string): EmergencyProfile {
  const profile = hotline.emergencyProfiles.find(({ id }) => id === profileId);
  if (!profile) throw new AppError('not-found');
  return profile;
}
