// What a model says: a key of the catalogue and its values, so that models stay free of words and can be tested.
import type { Key, Values } from "../../../i18n";

export interface Say {
  readonly key: Key;
  readonly values?: Values;
  /** What stands for {what}: a part that has words of its own. */
  readonly what?: Say;
}

export const say = (key: Key, values?: Values): Say => (values ? { key, values } : { key });

/** How instants, durations, languages and feeds are written where sentences need them. */
export interface Writing {
  readonly time: (instant: number) => string;
  readonly duration: (ms: number) => string;
  readonly language: (tag: string) => string;
  readonly feed: (id: string) => string;
}
