// The attendee's page: captions as a text to read, who has the floor, what comes next.

import "../../styles/writing.css";
import "./attendee.css";
import { signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Banner } from "../../components/Banner";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import type { Connection } from "../../connection";
import { locale, t } from "../../i18n";
import type { OpenPage } from "../../page";
import { languageName } from "../../people";
import { timeOfDay } from "../../time";
import { Announcer } from "./Announcer";
import { Aside, FloorLine } from "./Aside";
import { DisplayDialog } from "./DisplayDialog";
import { FindBar } from "./FindBar";
import { Header } from "./Header";
import type { SharedView } from "./model/shared";
import { trackText } from "./model/words";
import { Notices } from "./Notices";
import { Newest, Reader } from "./Reader";
import { Reading } from "./reading";
import { SaveDialog } from "./SaveDialog";
import { Scroll } from "./scroll";
import { switchTrack } from "./switch";
import { Further, Tools, type ToolsProps } from "./Tools";

const wide = matchMedia("(min-width: 60rem)");
const roomy = signal(wide.matches);
wide.addEventListener("change", () => (roomy.value = wide.matches));

const AttendeePage: OpenPage = (props) => {
  const reading = useMemo(() => new Reading(props), [props.connection]);
  const scroll = useMemo(() => new Scroll(), [props.connection]);
  const [dialog, setDialog] = useState<"display" | "programme" | "save" | null>(null);
  const [hit, setHit] = useState<number | null>(null);
  const view: SharedView = props.view.value;
  const close = () => setDialog(null);
  useEffect(() => void (document.title = view.title), [view.title]);
  const onFind = () => {
    close();
    reading.wanted.value ??= "";
  };
  const onSave = () => setDialog("save");
  return (
    <div class="attendee" data-colours={reading.display.value.colours} data-link={props.connection.link.value.state}>
      <main>
        <Header view={view} made={reading.made.value} />
        {!roomy.value && <Line view={view} connection={props.connection} onProgramme={() => setDialog("programme")} />}
        <Notices view={props.view} />
        {reading.wanted.value !== null && <FindBar reading={reading} zone={view.timezone} hit={hit} onHit={setHit} />}
        <h2 class="visually-hidden">{t("attendee.captions")}</h2>
        <div class="text">
          <Reader view={view} reading={reading} scroll={scroll} hit={hit} />
          <Newest reading={reading} scroll={scroll} />
        </div>
        <Pinned view={view} reading={reading} connection={props.connection} />
        <NotOffered reading={reading} />
        <Tools
          view={view}
          reading={reading}
          onRead={(track) => void switchTrack(track, reading, scroll)}
          onDisplay={() => setDialog("display")}
          onFind={onFind}
          onSave={onSave}
        />
        {reading.display.value.announce && <Announcer reading={reading} />}
      </main>
      {roomy.value && (
        <aside tabIndex={0} aria-label={t("attendee.programme")}>
          <Aside view={view} connection={props.connection} />
        </aside>
      )}
      {dialog === "display" && <DisplayDialog reading={reading} onClose={close} />}
      {dialog === "save" && (
        <SaveDialog reading={reading} session={props.session} token={props.token} onClose={close} />
      )}
      {dialog === "programme" && !roomy.value && (
        <Programme
          view={view}
          reading={reading}
          connection={props.connection}
          onFind={onFind}
          onSave={onSave}
          onClose={close}
        />
      )}
    </div>
  );
};

interface LineProps {
  readonly view: SharedView;
  readonly connection: Connection;
  readonly onProgramme: () => void;
}

/** On narrow screens: who has the floor, and the way to all that stands aside on wide ones. */
function Line({ view, connection, onProgramme }: LineProps) {
  return (
    <div class="line">
      <FloorLine view={view} connection={connection} />
      <Button kind="plain" class="push" onPress={onProgramme}>
        {t("attendee.programme")}
      </Button>
    </div>
  );
}

interface ProgrammeProps extends Pick<ToolsProps, "view" | "reading" | "onFind" | "onSave"> {
  readonly connection: Connection;
  readonly onClose: () => void;
}

function Programme({ view, reading, connection, onFind, onSave, onClose }: ProgrammeProps) {
  return (
    <Dialog title={t("attendee.programme")} class="programme" onClose={onClose}>
      <div class="row wrapped">
        <Further reading={reading} onFind={onFind} onSave={onSave} />
      </div>
      <Aside view={view} connection={connection} />
      <div class="actions">
        <Button kind="primary" onPress={onClose}>
          {t("attendee.close")}
        </Button>
      </div>
    </Dialog>
  );
}

/** That the language which was chosen once is none of this session's, until its reader chose another or has read it. */
function NotOffered({ reading }: { reading: Reading }) {
  const [read, setRead] = useState(false);
  const [wanted, track] = [reading.notOffered.value, reading.track.value];
  if (read || wanted === null || !track) return null;
  return (
    <div class="notices not_offered" role="status">
      <p>{t("attendee.not_offered", { language: languageName(wanted), shown: trackText(track) })}</p>
      <Button kind="plain" onPress={() => setRead(true)}>
        {t("ok")}
      </Button>
    </div>
  );
}

interface PinnedProps {
  readonly view: SharedView;
  readonly reading: Reading;
  readonly connection: Connection;
}

/** What must be in sight wherever the reader is in the text. */
function Pinned({ view, reading, connection }: PinnedProps) {
  if (connection.engineAway.value) return <Banner tone="warn">{t("link.engine_away")}</Banner>;
  if (reading.tail.value?.kind !== "offline") return null;
  const newest = reading.state.value.lines.at(-1);
  const time = newest && timeOfDay(newest.spoken_at, view.timezone, locale());
  return <Banner tone="warn">{time ? t("attendee.offline.until", { time }) : t("attendee.offline")}</Banner>;
}

export default AttendeePage;
