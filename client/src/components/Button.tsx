import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";

export interface ButtonProps {
  readonly kind?: "primary" | "stop" | "plain";
  readonly big?: boolean;
  /** The key that does the same, printed on it. */
  readonly hotkey?: string;
  readonly disabled?: boolean;
  readonly class?: string;
  readonly pressed?: boolean;
  readonly label?: string;
  readonly type?: "button" | "submit";
  /** While what `onPress` gives back is pending, another press does nothing, unless each is to count. */
  readonly counts?: boolean;
  readonly onPress?: () => unknown;
  readonly children: ComponentChildren;
}

/** Says what will happen and to whom. Stays focusable while it waits, so that the keyboard's place is not lost. */
export function Button(props: ButtonProps): JSX.Element {
  const [busy, setBusy] = useState(false);
  const press = async (): Promise<void> => {
    if (busy && !props.counts) return;
    setBusy(true);
    try {
      await props.onPress?.();
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      type={props.type ?? "button"}
      class={["button", props.kind, props.big && "big", props.class].filter(Boolean).join(" ")}
      disabled={props.disabled ?? false}
      aria-busy={busy}
      aria-pressed={props.pressed}
      aria-label={props.label}
      aria-keyshortcuts={props.hotkey}
      onClick={() => void press()}
    >
      {props.children}
      {props.hotkey && <kbd aria-hidden="true">{props.hotkey}</kbd>}
    </button>
  );
}
