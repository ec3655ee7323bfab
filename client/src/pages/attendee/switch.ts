// Another language at the same place: the line that was said when the topmost one in sight was.

import type { ReadonlySignal } from "@preact/signals";
import type { TrackState } from "../../captions";
import type { Reading } from "./reading";
import type { Scroll } from "./scroll";

export async function switchTrack(track: string, reading: Reading, scroll: Scroll): Promise<void> {
  const at = scroll.following.peek() ? null : scroll.time;
  reading.read(track);
  if (at === null) return;
  await until(reading.state, ({ position }) => position !== null);
  while ((reading.state.peek().lines[0]?.spoken_at ?? 0) > at && (await reading.older()));
  requestAnimationFrame(() => scroll.toTime(at));
}

function until(state: ReadonlySignal<TrackState>, reached: (state: TrackState) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = state.subscribe((now) => {
      if (reached(now)) queueMicrotask(() => (stop(), resolve()));
    });
  });
}
