// Time and advice (F2, T10, Q3): what the forecast says, what could be done, what each choice would do.
import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import type { ForecastOption } from "../../wire.gen";
import { Balance } from "./Balance";
import { useDesk, words } from "./desk";
import { EndChoice } from "./EndChoice";
import { Feeds } from "./Feeds";
import { consequence, headline, optionCommand, optionTitle, outcome } from "./model/advice";
import { acts } from "./model/may";
import { NoticeLine } from "./NoticeLine";

export function AdviceZone() {
  const desk = useDesk();
  const open = desk.view.value.state !== "closed";
  return (
    <section class="advice zone" aria-labelledby="advice-title">
      {acts(desk.view.value) && <EndChoice />}
      {open && <Time />}
      <NoticeLine zone="time" />
      <Balance />
      <Feeds />
    </section>
  );
}

function Time() {
  const desk = useDesk();
  const view = desk.view.value;
  const { time, duration } = desk.writing.value;
  const told = headline(view);
  const { options, slot, handover, overrun } = view.forecast;
  const [previewed, setPreviewed] = useState<string | null>(null);
  const leave = options.find((option) => option.code === "leave");
  return (
    <div class="stack">
      <h2 id="advice-title">{t("moderator.advice.title", { time: time(view.ends_at) })}</h2>
      <p class={`headline ${told.tone}`}>
        <b>{words(told.lead)}</b> {told.rest && <span class="quiet">{words(told.rest)}</span>}
      </p>
      {options.length > 1 && (
        <ul class="options">
          {[...options.filter((o) => o !== leave), ...(leave ? [leave] : [])].map((option) => (
            <Option
              key={option.code}
              option={option}
              leave={leave}
              open={previewed === option.code}
              onToggle={() => setPreviewed(previewed === option.code ? null : option.code)}
            />
          ))}
        </ul>
      )}
      {view.forecast.waiting > 0 && (
        <p class="small quiet">
          {t("moderator.advice.based", {
            time: duration(slot),
            handover: duration(handover),
            overrun: signed(overrun, duration),
          })}
        </p>
      )}
    </div>
  );
}

const signed = (ms: number, duration: (ms: number) => string): string => (ms < 0 ? `−${duration(-ms)}` : duration(ms));

interface OptionProps {
  readonly option: ForecastOption;
  readonly leave: ForecastOption | undefined;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function Option({ option, leave, open, onToggle }: OptionProps) {
  const desk = useDesk();
  const writing = desk.writing.value;
  const title = words(optionTitle(option, writing));
  const command = optionCommand(desk.view.value, option);
  return (
    <li class="option">
      <div class="option-line">
        <span class="what">{title}</span>
        {command && (
          <button
            type="button"
            class="button plain slim"
            aria-expanded={open}
            aria-label={`${t("moderator.option.preview")}: ${title}`}
            onClick={onToggle}
          >
            {t(open ? "moderator.option.hide" : "moderator.option.preview")}
          </button>
        )}
        <span class="small quiet outcome">{outcome(option, writing).map(words).join(", ")}</span>
      </div>
      {open && command && (
        <div class="preview">
          {leave && <Compare now={leave} then={option} />}
          <p class="small">{words(consequence(option, writing))}</p>
          {acts(desk.view.value) && (
            <Button
              disabled={!desk.may.value.act}
              onPress={async () => {
                if (await desk.ask(command, "time")) onToggle();
              }}
            >
              {t("moderator.option.apply", { what: title })}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

/** What will happen, beside what would happen without it. */
function Compare({ now, then }: { now: ForecastOption; then: ForecastOption }) {
  const desk = useDesk();
  const { time } = desk.writing.value;
  const of = ({ heard, to_write }: ForecastOption): string => `${heard} / ${heard + to_write}`;
  const rows = [
    ["moderator.option.row_end", time(now.ends_at), time(then.ends_at)],
    ["moderator.option.row_heard", of(now), of(then)],
    ["moderator.option.row_write", now.to_write, then.to_write],
  ] as const;
  return (
    <table class="compare small">
      <thead>
        <tr>
          <td />
          <th scope="col">{t("moderator.option.now")}</th>
          <th scope="col">{t("moderator.option.then")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([key, before, after]) => (
          <tr key={key}>
            <th scope="row">{t(key)}</th>
            <td>{before}</td>
            <td class={before === after ? undefined : "changed"}>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
