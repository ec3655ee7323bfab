// Sound and vibration at the moments that matter, both only if the speaker wants them.

import { signal } from "@preact/signals";
import type { Moment } from "./model";

interface Pattern {
  /** Tones in Hz, one after the other, 0.18 s each. */
  readonly tones: readonly number[];
  /** As for navigator.vibrate: ms on, off, on. */
  readonly vibration: readonly number[];
}

const RISING: Pattern = { tones: [523, 659, 784], vibration: [200, 100, 200, 100, 200] };
const ONE: Pattern = { tones: [587], vibration: [200] };
const TWO: Pattern = { tones: [587, 587], vibration: [200, 100, 200] };
const FALLING: Pattern = { tones: [784, 523, 392], vibration: [400, 150, 400] };

export const SOUND = "isegoria.sound";
export const VIBRATION = "isegoria.vibration";
export const sound = signal(localStorage.getItem(SOUND) === "on");
export const vibration = signal(localStorage.getItem(VIBRATION) === "on");
export const canVibrate = typeof navigator.vibrate === "function";

/** What to give when the moment becomes another; null where it needs no notice. */
export function patternFor(before: Moment, now: Moment): Pattern | null {
  if (before === now || now === "quiet" || now === "paused") return null;
  if (now === "overtime") return FALLING;
  if (now.startsWith("warning-")) return now === "warning-10000" ? TWO : ONE;
  if (now === "floor") return before.startsWith("warning-") || before === "paused" ? null : RISING;
  return now === "soon" ? ONE : RISING;
}

export function give(pattern: Pattern): void {
  if (sound.value) play(pattern.tones);
  if (vibration.value && canVibrate) navigator.vibrate([...pattern.vibration]);
}

/** Turns one of the two on or off, and lets it be felt at once. */
export function choose(which: typeof SOUND | typeof VIBRATION, on: boolean): void {
  localStorage.setItem(which, on ? "on" : "off");
  (which === SOUND ? sound : vibration).value = on;
  if (!on) return;
  if (which === SOUND) play(TWO.tones);
  else navigator.vibrate([...TWO.vibration]);
}

const LENGTH = 0.18;
let audio: AudioContext | null = null;

/** Browsers let a page sound only after it was touched: takes the first touch for that. What it gives back stops it. */
export function unlock(): () => void {
  const touched = (): void => {
    if (!sound.value) return;
    audio ??= new AudioContext();
    void audio.resume();
  };
  document.addEventListener("pointerdown", touched);
  return () => document.removeEventListener("pointerdown", touched);
}

function play(tones: readonly number[]): void {
  audio ??= new AudioContext();
  void audio.resume();
  const start = audio.currentTime + 0.02;
  tones.forEach((tone, index) => beep(audio as AudioContext, tone, start + index * (LENGTH + 0.06)));
}

function beep(context: AudioContext, tone: number, at: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = tone;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.25, at + 0.02);
  gain.gain.linearRampToValueAtTime(0, at + LENGTH);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + LENGTH);
}
