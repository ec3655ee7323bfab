// The rapporteur's page: what was said on the left, one intervention in the middle, what the record holds on the right.
import "../../team/team.css";
import "./record.css";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { Banner } from "../../components/Banner";
import { LiveRegion } from "../../components/LiveRegion";
import { t } from "../../i18n";
import type { TeamPage } from "../../page";
import { AtDesk, Desk, type Part } from "./desk";
import { Exports } from "./Exports";
import { Header } from "./Header";
import { Help } from "./Help";
import { Holds } from "./Holds";
import { useKeys } from "./keyboard";
import { List } from "./List";
import { LogRemarks, Remarks } from "./Remarks";
import { Report } from "./report/Report";
import { Sheet } from "./Sheet";
import { Statistics } from "./statistics/Statistics";
import { ToDo } from "./ToDo";
import { TopicDialog } from "./Tags";
import { Written } from "./written/Written";

const PART: Readonly<Record<Part, () => ComponentChildren>> = {
  record: () => (
    <>
      <List />
      <Sheet />
      <section class="column holds" aria-label={t("record.aside")}>
        <Holds />
        <ToDo />
        <Remarks />
        <Exports />
      </section>
    </>
  ),
  statistics: () => <Statistics />,
  written: () => <Written />,
  report: () => <Report />,
};

const Page: TeamPage = (props) => {
  const desk = useMemo(() => new Desk(props), []);
  const { title } = props.view.value;
  useEffect(() => desk.start(), [desk]);
  useEffect(() => {
    document.title = t("record.title", { title });
  }, [title]);
  useKeys(desk);
  const why = desk.why.value;
  const opened = desk.opened.value;
  return (
    <AtDesk.Provider value={desk}>
      <div class="frame">
        <div class="record">
          <LiveRegion text={desk.said.value} />
          <Header />
          {why && (
            <Banner tone={why === "role" ? "accent" : "warn"} shape={why === "role" ? "square" : "warning"}>
              {t(`record.why.${why}`)} {why !== "role" && t("record.why.kept")}
            </Banner>
          )}
          <main data-part={desk.part.value}>{PART[desk.part.value]()}</main>
        </div>
      </div>
      {opened === "topic" && <TopicDialog />}
      {opened === "remarks" && <LogRemarks />}
      {opened === "help" && <Help />}
    </AtDesk.Provider>
  );
};

export default Page;
