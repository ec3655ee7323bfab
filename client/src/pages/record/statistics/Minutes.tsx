import { duration } from "../../../time";

/** "12:05", never broken, whatever the direction of the text around it. */
export function Minutes({ ms }: { ms: number }) {
  return <bdi class="figure">{duration(ms)}</bdi>;
}
