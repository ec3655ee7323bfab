import { useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../components/Button";
import { locale, t } from "../../i18n";
import { timeOfDay } from "../../time";
import type { Reading } from "./reading";

interface FindProps {
  readonly reading: Reading;
  readonly zone: string;
  /** The match that is shown, from 0; null before the first step. */
  readonly hit: number | null;
  readonly onHit: (hit: number | null) => void;
}

/** Looks through all captions of the session: older ones are fetched while it is open. */
export function FindBar({ reading, zone, hit, onHit }: FindProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    field.current?.focus();
    return () => opener instanceof HTMLElement && opener.focus();
  }, [reading]);
  useSignalEffect(() => {
    if (reading.state.value.older && !reading.unreachable.value) void reading.older();
  });
  const { count } = reading.found.value;
  // Counted at the press: Enter may come before the page has drawn what was typed.
  const step = (by: 1 | -1) => onHit(stepped(hit, by, reading.found.value.count));
  const close = () => {
    reading.wanted.value = null;
    onHit(null);
  };
  return (
    <form
      class="find"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        step(1);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
        if (event.key !== "Enter" || !event.shiftKey) return;
        event.preventDefault();
        step(-1);
      }}
    >
      <Field field={field} reading={reading} onHit={onHit} />
      <p class="small quiet" role="status">
        {countText(reading, zone, hit)}
      </p>
      <Button label={t("attendee.find.previous")} disabled={count === 0} onPress={() => step(-1)}>
        ↑
      </Button>
      <Button label={t("attendee.find.next")} disabled={count === 0} onPress={() => step(1)}>
        ↓
      </Button>
      <Button kind="plain" onPress={close}>
        {t("attendee.find.close")}
      </Button>
    </form>
  );
}

interface FieldProps extends Pick<FindProps, "reading" | "onHit"> {
  readonly field: RefObject<HTMLInputElement | null>;
}

function Field({ field, reading, onHit }: FieldProps) {
  return (
    <input
      ref={field}
      class="field"
      type="search"
      dir="auto"
      aria-label={t("attendee.find")}
      placeholder={t("attendee.find")}
      value={reading.wanted.value ?? ""}
      onInput={(event) => {
        reading.wanted.value = event.currentTarget.value;
        onHit(null);
      }}
    />
  );
}

/** The match after or before the one that is shown, around the ends. */
function stepped(hit: number | null, by: 1 | -1, count: number): number | null {
  if (count === 0) return null;
  return hit === null ? (by > 0 ? 0 : count - 1) : (hit + by + count) % count;
}

function countText(reading: Reading, zone: string, hit: number | null): string {
  const { count } = reading.found.value;
  const since = sinceText(reading, zone);
  if (!reading.wanted.value?.trim()) return since;
  if (hit !== null) return [t("attendee.find.of", { hit: hit + 1, count }), since].filter(Boolean).join(" · ");
  const found = count > 0 ? t("attendee.find.count", { n: count }) : t("attendee.find.none");
  return [found, since].filter(Boolean).join(" · ");
}

/** What is not looked through yet; empty when all of it is. */
function sinceText(reading: Reading, zone: string): string {
  const { older, lines } = reading.state.value;
  const [first] = lines;
  if (!older || !first) return "";
  const time = timeOfDay(first.spoken_at, zone, locale());
  return t(reading.unreachable.value ? "attendee.find.since" : "attendee.find.loading", { time });
}
