/** What goes on, for the line on the screen. */
export interface Scene {
  callersNow: number;
  talkingNow: number;
  calls: number;
  answered: number;
  ratings: number[];
}

export function emptyScene(): Scene {
  return { callersNow: 0, talkingNow: 0, calls: 0, answered: 0, ratings: [] };
}

/** One line: what goes on now, and what came of the calls so far. */
export function sceneLine(scene: Scene, seats: number): string {
  const { ratings } = scene;
  const mean = ratings.reduce((sum, score) => sum + score, 0) / ratings.length;
  const rated = ratings.length === 0 ? '-' : `${mean.toFixed(1)} (${ratings.length})`;
  return [
    new Date().toLocaleTimeString('zh-CN', { hour12: false }),
    `来电中 callers ${scene.callersNow}`,
    `通话中 talking ${scene.talkingNow}/${seats}`,
    `已来电 calls ${scene.calls}`,
    `已接听 answered ${scene.answered}`,
    `评价 rating ${rated}`,
  ].join(' · ');
}
