import type { PublicView, View } from "../../../wire.gen";

/** What this page reads of a view: what everyone is told. */
export type SharedView = Omit<PublicView, "scope"> & Pick<View, "scope">;
