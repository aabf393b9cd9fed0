import { create } from 'zustand';
import type { Hotline } from '../../../../config/hotline.ts';
import { type FieldProblem, get, Problem, put } from '../../net/api.ts';
import { type HotlineVersion, queryClient } from '../../net/queries.ts';
import { type Change, changesBetween, rebase } from './changes.ts';

interface DraftState {
  /** The version the draft started from. */
  base: HotlineVersion | null;
  draft: Hotline | null;
  why: string;
  problems: readonly FieldProblem[];
  /** Somebody saved meanwhile: the version now below the draft, and what both changed. */
  merged: { version: number; conflicts: Change[] } | null;
}

/** The document being edited; it survives leaving the page, not the tab. */
export const useDraft = create<DraftState>(() => ({
  base: null,
  draft: null,
  why: '',
  problems: [],
  merged: null,
}));

/** Takes a version as it came from the server unless something is being edited. */
export function takeVersion(version: HotlineVersion): void {
  const { base, draft } = useDraft.getState();
  const edited = base && draft && changesBetween(base.hotline, draft).length > 0;
  if (!edited) useDraft.setState({ base: version, draft: version.hotline });
}

export function editDraft(change: (doc: Hotline) => Hotline): void {
  useDraft.setState(({ draft }) => (draft ? { draft: change(draft) } : {}));
}

export function dropDraft(): void {
  useDraft.setState(({ base }) => ({
    draft: base?.hotline ?? null,
    why: '',
    problems: [],
    merged: null,
  }));
}

/** Saves. A newer version underneath is merged in and shown before anything is sent again. */
export async function saveDraft(): Promise<void> {
  const { base, draft, why } = useDraft.getState();
  if (!base || !draft) return;
  useDraft.setState({ problems: [] });
  try {
    const body = { baseVersion: base.version, why: why.trim(), hotline: draft };
    const saved = await put<HotlineVersion>('/hotline', body);
    queryClient.setQueryData(['hotline'], saved);
    useDraft.setState({ base: saved, draft: saved.hotline, why: '', merged: null });
    await queryClient.invalidateQueries({ queryKey: ['hotline-versions'] });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'old-version') return mergeNewer(base, draft);
    useDraft.setState({ problems: error.fields.map(tidy) });
    throw error;
  }
}

async function mergeNewer(base: HotlineVersion, draft: Hotline): Promise<void> {
  const newer = await get<HotlineVersion>('/hotline');
  const { doc, conflicts } = rebase(base.hotline, draft, newer.hotline);
  queryClient.setQueryData(['hotline'], newer);
  useDraft.setState({ base: newer, draft: doc, merged: { version: newer.version, conflicts } });
}

/** Pointers may start at the request body; ours start at the document. */
function tidy(problem: FieldProblem): FieldProblem {
  return { ...problem, pointer: problem.pointer.replace(/^\/(body\/)?hotline(?=\/|$)/, '') };
}

/** What is wrong at exactly this place. */
export function useProblem(pointer: string): string | undefined {
  return useDraft((s) => s.problems.find((each) => each.pointer === pointer)?.message);
}
