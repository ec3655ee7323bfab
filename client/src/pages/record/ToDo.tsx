import { t } from "../../i18n";
import { useDesk } from "./desk";
import { nextOf, toDo } from "./model/todo";
import { goToHeld } from "./report/OpenLines";
import { useStore } from "./report/store";

/** What is left, as counts that lead to the next place where it is to be done. */
export function ToDo() {
  const desk = useDesk();
  const { state, ends_at: ends } = desk.view.value;
  const all = desk.all.value;
  const tasks = toDo(all, desk.known);
  return (
    <section class="stack" aria-labelledby="todo">
      <h2 id="todo">{state === "closed" ? t("record.todo") : t("record.todo.before", { time: desk.time(ends) })}</h2>
      <ul class="todo">
        {tasks.map((each) => (
          <li key={each.task}>
            <button
              type="button"
              disabled={each.n === 0}
              onClick={() => {
                desk.go(nextOf(each, all, desk.shown.value?.entry.id ?? null));
                desk.stay();
                desk.goal.value = each.task;
              }}
            >
              <span class={each.n > 0 ? "chip warn" : "chip"}>{each.n}</span>
              {t(`record.todo.${each.task}`, { n: each.n })}
            </button>
          </li>
        ))}
        <Held />
      </ul>
    </section>
  );
}

/** Lines that wait before others may read them: they are decided in the part of the report (R10). */
function Held() {
  const store = useStore();
  const n = store.holding.open.value.length;
  if (n === 0) return null;
  return (
    <li>
      <button type="button" onClick={() => goToHeld(store)}>
        <span class="chip warn">{n}</span>
        {t("report.held.todo", { n })}
      </button>
    </li>
  );
}
