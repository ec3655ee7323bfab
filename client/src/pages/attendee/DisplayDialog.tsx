import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { LanguageSwitch } from "../../components/LanguageSwitch";
import { t } from "../../i18n";
import { COLOURS, FACES, resized, SPACINGS, USUAL, type Display } from "./model/display";
import { directionOf, oneLine } from "./model/text";
import type { Reading } from "./reading";

/** How captions look, seen at once on a line of them. */
export function DisplayDialog({ reading, onClose }: { reading: Reading; onClose: () => void }) {
  const display = reading.display.value;
  const set = (part: Partial<Display>) => reading.show({ ...display, ...part });
  return (
    <Dialog title={t("attendee.display.title")} class="display" onClose={onClose}>
      <Preview reading={reading} />
      <Size reading={reading} />
      <Options
        name="face"
        values={FACES}
        chosen={display.face}
        label={(face) => t(`attendee.face.${face}`)}
        onChoose={(face) => set({ face })}
      />
      <Options
        name="spacing"
        values={SPACINGS}
        chosen={display.spacing}
        label={(spacing) => t(`attendee.spacing.${spacing}`)}
        onChoose={(spacing) => set({ spacing })}
      />
      <Options
        name="colours"
        values={COLOURS}
        chosen={display.colours}
        label={(colours) => t(`attendee.colours.${colours}`)}
        onChoose={(colours) => set({ colours })}
      />
      <Announce announce={display.announce} onChoose={(announce) => set({ announce })} />
      <div class="actions">
        <span class="languages">
          <LanguageSwitch />
        </span>
        <Button kind="plain" onPress={() => set({ ...USUAL, announce: display.announce })}>
          {t("attendee.display.usual")}
        </Button>
        <Button kind="primary" onPress={onClose}>
          {t("attendee.display.done")}
        </Button>
      </div>
    </Dialog>
  );
}

function Size({ reading }: { reading: Reading }) {
  const display = reading.display.value;
  return (
    <div class="row" role="group" aria-label={t("attendee.size")}>
      <b>{t("attendee.size")}</b>
      <Button class="push" label={t("attendee.smaller")} onPress={() => reading.show(resized(display, -1))}>
        A−
      </Button>
      <output>{display.size}</output>
      <Button label={t("attendee.larger")} onPress={() => reading.show(resized(display, 1))}>
        A+
      </Button>
    </div>
  );
}

function Announce({ announce, onChoose }: { announce: boolean; onChoose: (announce: boolean) => void }) {
  return (
    <label class="choice">
      <input type="checkbox" checked={announce} onChange={(event) => onChoose(event.currentTarget.checked)} />
      <b>{t("attendee.announce")}</b>
      <span class="small quiet">{t("attendee.announce.what")}</span>
    </label>
  );
}

function Preview({ reading }: { reading: Reading }) {
  const { size, face, spacing } = reading.display.value;
  const line = reading.state.value.lines.findLast(({ status, text }) => status !== "gap" && text !== "");
  return (
    <div class="captions written preview" data-size={size} data-face={face} data-spacing={spacing}>
      <p lang={line?.language} dir={line ? directionOf(line.language) : undefined}>
        {line ? oneLine(line.text) : t("attendee.display.sample")}
      </p>
    </div>
  );
}

interface OptionsProps<T extends string> {
  readonly name: "face" | "spacing" | "colours";
  readonly values: readonly T[];
  readonly chosen: T;
  readonly label: (value: T) => string;
  readonly onChoose: (value: T) => void;
}

function Options<T extends string>({ name, values, chosen, label, onChoose }: OptionsProps<T>) {
  return (
    <fieldset class="options">
      <legend>{t(`attendee.${name}`)}</legend>
      {values.map((value) => (
        <label key={value} class={`option ${name}-${value}`}>
          <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
          <span>{label(value)}</span>
        </label>
      ))}
    </fieldset>
  );
}
