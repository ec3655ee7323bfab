import { useState } from "preact/hooks";
import { segmentName } from "../../agenda";
import { Button } from "../../components/Button";
import { t } from "../../i18n";
import { duration } from "../../time";
import type { Desk } from "./desk";
import { topics } from "./model";

export function RequestPage({ desk }: { desk: Desk }) {
  return (
    <main>
      <RequestForm desk={desk} />
    </main>
  );
}

/** Asks for the floor on a topic (Q1); while the list is closed, for a place on the waiting list (Q2). */
export function RequestForm({ desk }: { desk: Desk }) {
  const { view } = desk;
  const offered = topics(view);
  const [chosen, setChosen] = useState(offered[0]?.id ?? "");
  const segment = offered.some(({ id }) => id === chosen) ? chosen : (offered[0]?.id ?? "");
  if (!offered.length) return <p class="lead">{t("speaker.request.none")}</p>;
  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      <h1>{t("speaker.request")}</h1>
      <p class="quiet">{t("speaker.request.what", { time: duration(view.modalities.limit + view.allowance) })}</p>
      {!view.list_open && <p class="card small">{t("speaker.request.closed")}</p>}
      <fieldset class="choices">
        <legend class="visually-hidden">{t("speaker.request.topic")}</legend>
        {offered.map((topic) => (
          <label key={topic.id} class="choice">
            <input
              type="radio"
              name="topic"
              checked={topic.id === segment}
              onChange={() => setChosen(topic.id)}
            />
            <span dir="auto">{segmentName(view.segments, topic)}</span>
          </label>
        ))}
      </fieldset>
      <Button
        kind="primary"
        big
        disabled={!desk.writable}
        onPress={() => desk.send({ type: "request_floor", segment })}
      >
        {t(view.list_open ? "speaker.request.send" : "speaker.request.send.late")}
      </Button>
    </form>
  );
}
