import { useDesk } from "../desk";
import { Captions } from "./captions/Captions";
import { CloseSession } from "./Close";
import { Help } from "./Help";
import { Inscribe } from "./Inscribe";
import { Message } from "./Message";
import { Place, Withdraw } from "./RowDialogs";
import { SessionControls } from "./SessionControls";
import { Substitute } from "./Substitute";
import { SuggestedOrder } from "./SuggestedOrder";

/** The one dialog that is open. An entry that is gone closes its dialog. */
export function Dialogs() {
  const desk = useDesk();
  const opened = desk.opened.value;
  if (!opened) return null;
  switch (opened.kind) {
    case "session":
      return <SessionControls />;
    case "close":
      return <CloseSession />;
    case "help":
      return <Help />;
    case "inscribe":
      return <Inscribe />;
    case "suggest":
      return <SuggestedOrder />;
    case "captions":
      return <Captions part={opened.part} line={opened.line} />;
    case "message":
      return <Message person={opened.person} name={opened.name} />;
    default: {
      const entry = desk.view.value.entries.find((e) => e.id === opened.entry);
      if (!entry) return null;
      if (opened.kind === "place") return <Place entry={entry} />;
      return opened.kind === "withdraw" ? <Withdraw entry={entry} /> : <Substitute entry={entry} />;
    }
  }
}
