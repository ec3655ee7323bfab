import { beforeAll, describe, expect, it } from "vitest";
import { speak } from "../../../i18n";
import { hoursOf } from "./agenda";
import { T0, view } from "./example";
import { bothTimes, deadlineText, hoursText } from "./words";

const MADRID = "Europe/Madrid";
const AUCKLAND = "Pacific/Auckland";

beforeAll(() => speak("en", ["common", "attendee"]));

describe("S1: times in the session's zone and in the reader's", () => {
  it("one time is enough where clocks show the same", () => {
    expect(bothTimes(T0, MADRID, "Africa/Johannesburg")).toBe("15:00\u00a0CEST");
  });

  it("the reader's own beside it, with the day where that is another", () => {
    expect(bothTimes(T0, MADRID, "Africa/Nairobi")).toBe("15:00\u00a0CEST (16:00 where you are)");
    expect(bothTimes(T0, MADRID, AUCKLAND)).toBe("15:00\u00a0CEST (01:00 on 2 July where you are)");
  });

  it("the zone's short name is that of the date, an offset where it has none", () => {
    expect(bothTimes(Date.UTC(2025, 0, 15, 13), MADRID, MADRID)).toBe("14:00\u00a0CET");
    expect(bothTimes(T0, "America/Sao_Paulo", "America/Sao_Paulo")).toBe("10:00\u00a0GMT-3");
  });

  it("the hours of the day", () => {
    const session = view({ timezone: MADRID, starts_at: T0, ends_at: T0 + 7_200_000 });
    expect(hoursText(hoursOf(session, MADRID))).toEqual(["15:00–17:00 CEST"]);
    expect(hoursText(hoursOf(session, AUCKLAND))[1]).toBe("01:00–03:00 on 2 July where you are");
  });

  it("S3: a deadline names its zone and the reader's time", () => {
    const deadline = { at: Date.UTC(2025, 6, 15, 21, 59), timezone: MADRID, source: "" };
    const text = deadlineText(deadline, AUCKLAND);
    expect(text).toContain("15 July 2025, 23:59\u00a0CEST (09:59 on 16 July where you are).");
  });
});
