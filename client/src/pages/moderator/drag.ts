// Dragging rows with a pointer: an enhancement. Menu, keys and "to position" do the same without it (WCAG 2.5.7).
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import type { Desk } from "./desk";
import { moveBefore } from "./model/asks";
import { move } from "./rows";

const KEY = "entry";

/** Makes a row one that can be dragged and dropped on: above its middle means before it. */
export function dragRow(row: HTMLElement, entry: string, can: () => boolean): () => void {
  const mark = (edge: "before" | "after" | null): void => {
    if (edge) row.dataset["drop"] = edge;
    else delete row.dataset["drop"];
  };
  return combine(
    draggable({
      element: row,
      canDrag: can,
      getInitialData: () => ({ [KEY]: entry }),
      onDragStart: () => row.classList.add("dragged"),
      onDrop: () => row.classList.remove("dragged"),
    }),
    dropTargetForElements({
      element: row,
      canDrop: ({ source }) => typeof source.data[KEY] === "string" && source.data[KEY] !== entry,
      getData: ({ input }) => ({ [KEY]: entry, edge: edgeOf(row, input.clientY) }),
      onDrag: ({ self }) => mark(self.data["edge"] === "after" ? "after" : "before"),
      onDragLeave: () => mark(null),
      onDrop: () => mark(null),
    }),
  );
}

const edgeOf = (row: HTMLElement, y: number): "before" | "after" => {
  const { top, height } = row.getBoundingClientRect();
  return y < top + height / 2 ? "before" : "after";
};

/** What was dropped where becomes a command. */
export function watchDrops(desk: Desk): () => void {
  return monitorForElements({
    onDrop: ({ source, location }) => {
      const target = location.current.dropTargets[0];
      const [entry, on] = [source.data[KEY], target?.data[KEY]];
      if (typeof entry !== "string" || typeof on !== "string") return;
      const view = desk.view.value;
      const others = view.order.filter((id) => id !== entry);
      const before = target?.data["edge"] === "after" ? (others[others.indexOf(on) + 1] ?? null) : on;
      void move(desk, entry, moveBefore(view, entry, before));
    },
  });
}
