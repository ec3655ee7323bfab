import type { ComponentChildren } from "preact";
import { Shape, type ShapeName } from "./Shape";

export type Tone = "go" | "warn" | "stop" | "accent";

/** A state in words and a shape. */
export function Chip(props: { tone?: Tone; shape?: ShapeName; class?: string; children: ComponentChildren }) {
  return (
    <span class={["chip", props.tone, props.class].filter(Boolean).join(" ")}>
      {props.shape && <Shape name={props.shape} />}
      <span>{props.children}</span>
    </span>
  );
}
