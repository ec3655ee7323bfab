import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { t } from "../../i18n";
import { useDesk, type Desk } from "./desk";
import { SORTS, type Intervention } from "./model/interventions";
import { KEYS } from "./model/keys";

/** What sort of thing it is, and what it is about: pressed again, a tag goes. */
export function Tags({ intervention }: { intervention: Intervention }) {
  const desk = useDesk();
  const { topics } = desk.view.value.notebook;
  const sorts = useRef<HTMLDivElement>(null);
  const goal = desk.goal.value;
  useEffect(() => {
    if (goal !== "tag") return;
    desk.goal.value = null;
    sorts.current?.querySelector("button")?.focus();
  }, [goal, intervention.entry.id]);
  return (
    <div class="tags">
      <div ref={sorts} role="group" aria-label={t("record.sorts")}>
        {SORTS.map((sort) => (
          <Tag key={sort} intervention={intervention} tag={sort} hotkey={KEYS[sort]} text={t(`record.sort.${sort}`)} />
        ))}
      </div>
      <div role="group" aria-label={t("record.topics")}>
        {topics.map(({ tag, text }) => (
          <Tag key={tag} intervention={intervention} tag={tag} text={text} />
        ))}
        <Button
          class="slim"
          hotkey={KEYS.topic}
          disabled={desk.why.value !== null}
          onPress={() => (desk.opened.value = "topic")}
        >
          {t("record.add_topic")}
        </Button>
      </div>
    </div>
  );
}

interface TagProps {
  readonly intervention: Intervention;
  readonly tag: string;
  readonly text: string;
  readonly hotkey?: string;
}

function Tag({ intervention, tag, text, hotkey }: TagProps) {
  const desk = useDesk();
  const given = intervention.notes.tags.find((one) => one.tag === tag);
  const press = () =>
    given
      ? desk.ask({ type: "remove_annotation", annotation: given.annotation }, t("record.tag.off", { text }))
      : desk.ask({ type: "tag_intervention", entry: intervention.entry.id, tag }, t("record.tag.on", { text }));
  return (
    <Button
      class="slim"
      pressed={given !== undefined}
      disabled={desk.why.value !== null}
      {...(hotkey ? { hotkey } : {})}
      onPress={press}
    >
      <bdi dir="auto">{text}</bdi>
    </Button>
  );
}

const LONGEST = 60;

/** A topic by its words: one that there is already is given, another is added first. */
export function TopicDialog() {
  const desk = useDesk();
  const [entry] = useState(desk.shown.value?.entry.id ?? null);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  const { topics } = desk.view.value.notebook;
  const add = async (): Promise<void> => {
    const failed = await give(desk, entry, text.trim());
    if (failed === null) desk.close();
    else setProblem(failed);
  };
  return (
    <Dialog title={t("record.topic.title")} onClose={desk.close}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <label class="labelled">
          <span>{t("record.topic.text")}</span>
          <input
            class="field"
            dir="auto"
            autoFocus
            autocomplete="off"
            list="topics"
            maxLength={LONGEST}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <datalist id="topics">
          {topics.map((topic) => (
            <option key={topic.tag} value={topic.text} />
          ))}
        </datalist>
        <p class="small quiet">{t("record.topic.hint")}</p>
        <p class="bad" role="status">
          {problem}
        </p>
        <div class="actions">
          <Button onPress={desk.close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" disabled={text.trim() === "" || desk.why.value !== null}>
            {t("record.topic.add")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Null when it is done; else what is true now. The tag of a new topic is named by the decision that made it. */
async function give(desk: Desk, entry: string | null, text: string): Promise<string | null> {
  if (text === "" || desk.why.peek() !== null) return t("record.topic.not_now");
  const { topics, notes } = desk.view.peek().notebook;
  const same = (one: string): boolean => one.localeCompare(text, undefined, { sensitivity: "accent" }) === 0;
  let tag = topics.find((topic) => same(topic.text))?.tag;
  if (tag === undefined) {
    const added = await desk.connection.command({ type: "add_topic", text });
    if (!added.ok) return desk.sentence(added.error);
    tag = `g${added.version}`;
  }
  const has = notes.find((one) => one.entry === entry)?.tags.some((one) => one.tag === tag);
  if (entry === null || has) return null;
  const given = await desk.connection.command({ type: "tag_intervention", entry, tag });
  return given.ok ? null : desk.sentence(given.error);
}
