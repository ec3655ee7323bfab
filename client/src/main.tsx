// Chooses the page by the path, /s/SESSION/ROLE, connects, and loads only that page's code.

import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "@fontsource-variable/noto-sans-arabic/wght.css";
import "./styles/tokens.css";
import "./styles/components.css";
import { useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import { render, type FunctionComponent } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { parse, takeToken, type PageRole, type ShownRole } from "./address";
import { Connection } from "./connection";
import { freshId } from "./ids";
import { preferred, remembered, speak, t, type Area } from "./i18n";
import type { PageProps } from "./page";
import { Waiting } from "./components/Waiting";
import { known, startTheme } from "./theme";
import type { View } from "./wire.gen";

interface Loader {
  readonly areas: readonly Area[];
  readonly scopes: readonly View["scope"][];
  readonly load: () => Promise<{ default: unknown }>;
}

const TEAM: Loader = { areas: ["team", "moderator"], scopes: ["team"], load: () => import("./pages/moderator/Page") };
const PAGES: Readonly<Record<ShownRole, Loader>> = {
  moderator: TEAM,
  secretariat: TEAM,
  rapporteur: {
    areas: ["team", "record", "statistics", "written", "report"],
    scopes: ["team"],
    load: () => import("./pages/record/Page"),
  },
  speaker: { areas: ["speaker", "written"], scopes: ["personal"], load: () => import("./pages/speaker/Page") },
  attendee: {
    areas: ["attendee"],
    scopes: ["public", "personal", "team"],
    load: () => import("./pages/attendee/Page"),
  },
  stage: { areas: ["stage"], scopes: ["public", "personal", "team"], load: () => import("./pages/stage/Page") },
};

async function start(root: Element): Promise<void> {
  const query = new URLSearchParams(location.search);
  const address = parse(location.pathname);
  startTheme(known(query.get("theme")) ?? (address?.role === "stage" ? "dark" : null));
  const wanted = preferred([query.get("lang") ?? remembered() ?? "", ...navigator.languages]);
  await speak(wanted, ["common", ...(address ? areasOf(address.role) : [])]);
  if (!address) return render(<Waiting title={t("page.unknown")} text={t("page.unknown.what")} />, root);
  const token = takeToken(address);
  const { session, role } = address;
  if (role === "strip") return startStrip(root, session, token);
  if (!token) return render(<Waiting title={t("page.no_token")} text={t("page.no_token.what")} />, root);
  const connection = new Connection({ session, token, client: freshId() });
  render(<Shell session={session} role={role} token={token} connection={connection} />, root);
}

function areasOf(role: PageRole): readonly Area[] {
  return role === "strip" ? ["strip"] : PAGES[role].areas;
}

/** Over a video picture: nothing of what surrounds the other pages, and what is wrong only as the page's title. */
async function startStrip(root: Element, session: string, token: string | null): Promise<void> {
  document.title = t("strip.no_token");
  if (!token) return;
  const { default: Strip } = await import("./pages/strip/Page");
  const connection = new Connection({ session, token, client: freshId() });
  render(<Strip connection={connection} session={session} token={token} />, root);
}

interface ShellProps {
  readonly session: string;
  readonly role: ShownRole;
  readonly token: string;
  readonly connection: Connection;
}

/** What surrounds every page: its code is loaded while the connection is made, and shown when a first view is there. */
function Shell({ session, role, token, connection }: ShellProps) {
  const { scopes, load } = PAGES[role];
  const page = useSignal<FunctionComponent<PageProps> | "missing" | null>(null);
  const scope = useComputed(() => connection.view.value?.scope ?? null).value;
  useEffect(() => {
    load()
      .then((module) => (page.value = module.default as FunctionComponent<PageProps>))
      .catch(() => (page.value = "missing"));
  }, []);
  useLayoutEffect(() => {
    document.title = connection.view.peek()?.title ?? "Isegoria";
  }, [scope]);
  const link = connection.link.value;
  const Page = page.value;
  if (link.state === "refused")
    return <Waiting title={t("page.refused")} text={link.code ? t(`error.${link.code}`) : link.message} />;
  if (Page === "missing") return <Waiting title={t("page.missing")} text={t("page.missing.what")} />;
  if (!Page || !scope)
    return <Waiting title={t("page.loading")} {...(connection.engineAway.value && { text: t("page.away") })} busy />;
  if (!scopes.includes(scope)) return <Waiting title={t("page.refused")} text={t("page.other_role")} />;
  const view = connection.view as ReadonlySignal<View>;
  return <Page view={view} connection={connection} role={role} session={session} token={token} />;
}

const root = document.getElementById("page");
if (root) void start(root);
