// A menu button. The menu is a popover, so that no scrolling zone cuts it off; arrows, Home, End and Escape work in it.
import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";

export interface MenuItem {
  readonly key: string;
  readonly text: string;
  readonly tone?: "stop";
  readonly act: () => unknown;
}

export interface MenuProps {
  readonly id?: string;
  readonly class?: string;
  readonly label?: string;
  readonly title?: string;
  readonly items: readonly MenuItem[];
  readonly disabled?: boolean;
  readonly hotkey?: string;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly children: ComponentChildren;
}

export function Menu(props: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const own = useId();
  const open = (): void => {
    if (!menu.current || !button.current || props.items.length === 0) return;
    menu.current.showPopover();
    place(menu.current, button.current.getBoundingClientRect());
    items(menu.current)[0]?.focus();
  };
  const close = (): void => {
    menu.current?.hidePopover();
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        id={props.id}
        type="button"
        class={props.class ?? "button"}
        aria-haspopup="menu"
        aria-controls={own}
        aria-label={props.label}
        aria-keyshortcuts={props.hotkey}
        disabled={props.disabled ?? false}
        onClick={open}
        onKeyDown={(event) => props.onKeyDown?.(event)}
      >
        {props.children}
        {props.hotkey && <kbd aria-hidden="true">{props.hotkey}</kbd>}
      </button>
      <div
        ref={menu}
        id={own}
        popover="auto"
        role="menu"
        class="menu"
        aria-label={props.title ?? props.label}
        onKeyDown={(event) => menu.current && walk(event, menu.current, close)}
      >
        {props.title && (
          <p class="menu-title small quiet" aria-hidden="true">
            {props.title}
          </p>
        )}
        {props.items.map((item, i) => (
          <button
            key={item.key}
            type="button"
            role="menuitem"
            tabIndex={-1}
            class={item.tone}
            onClick={() => {
              close();
              void item.act();
            }}
          >
            {item.text}
            {props.title && <kbd aria-hidden="true">{i + 1}</kbd>}
          </button>
        ))}
      </div>
    </>
  );
}

const items = (menu: Element): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];

function walk(event: KeyboardEvent, menu: Element, close: () => void): void {
  const all = items(menu);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  const step = steps[event.key];
  if (step !== undefined) {
    all.at(step % all.length)?.focus();
    event.preventDefault();
  } else if (event.key === "Escape" || event.key === "Tab") {
    close();
    event.preventDefault();
  } else if (/^[1-9]$/u.test(event.key) && menu.querySelector("kbd")) {
    all[Number(event.key) - 1]?.click();
  }
  event.stopPropagation();
}

/** Below the button and at its start, or wherever the window has room. */
function place(menu: HTMLElement, button: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const below = button.bottom + 4 + height <= innerHeight;
  const top = below ? button.bottom + 4 : Math.max(8, button.top - 4 - height);
  const left = Math.min(Math.max(8, button.left), innerWidth - width - 8);
  menu.style.setProperty("top", `${top}px`);
  menu.style.setProperty("left", `${Math.max(8, left)}px`);
}
