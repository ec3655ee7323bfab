// The moderator's page, which is the secretariat's and, to read, the rapporteur's too: one screen, three zones.
import "../../team/team.css";
import "./moderator.css";
import "./list.css";
import { useEffect, useMemo } from "preact/hooks";
import { Banner } from "../../components/Banner";
import { LiveRegion } from "../../components/LiveRegion";
import { t } from "../../i18n";
import type { TeamPage } from "../../page";
import { AtDesk, Desk, words } from "./desk";
import { Dialogs } from "./dialogs/Dialogs";
import { AdviceZone } from "./Advice";
import { useAnnouncements } from "./announce";
import { FloorZone } from "./Floor";
import { Header } from "./Header";
import { useKeys } from "./keyboard";
import { ListZone } from "./List";
import { acts } from "./model/may";
import { RiverLine } from "./River";

const Page: TeamPage = (props) => {
  const desk = useMemo(() => new Desk(props), []);
  const { title } = props.view.value;
  useEffect(() => {
    document.title = t("moderator.title", { title });
  }, [title]);
  useKeys(desk);
  useAnnouncements(desk);
  const closed = props.view.value.state === "closed";
  const { why } = desk.may.value;
  return (
    <AtDesk.Provider value={desk}>
      <div class="frame">
        <div class="desk">
          <LiveRegion text={desk.said.value} />
          <Header />
          <RiverLine />
          {why && !closed && (
            <Banner
              tone={acts(props.view.value) ? "warn" : "accent"}
              shape={acts(props.view.value) ? "warning" : "square"}
            >
              {words(why)}
            </Banner>
          )}
          <main>
            <FloorZone />
            <ListZone />
            <AdviceZone />
          </main>
        </div>
      </div>
      <Dialogs />
    </AtDesk.Provider>
  );
};

export default Page;
