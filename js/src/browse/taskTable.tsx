import type { VNode } from "preact";
import { age } from "../format";
import { Button } from "../view/Button";
import { StatusMark } from "../view/Status";
import { Visible } from "../view/Visible";
import type { TaskRow } from "./wire";

/** `now`: milliseconds since 1970, to which ages are counted. */
export function taskTable(
  columns: string[],
  rows: TaskRow[],
  now: number,
  open: (id: string, button: HTMLElement) => void,
): VNode {
  return (
    <table>
      <tr>
        {columns.map((column) => (
          <th>{column}</th>
        ))}
      </tr>
      {rows.map(({ id, kind, status, message, messages, at }) => (
        <tr key={id}>
          <td>
            <StatusMark look={kind} words={status} />
          </td>
          <td>
            <Button onClick={({ currentTarget }) => open(id, currentTarget)}>
              <Visible prose text={message} />
            </Button>
          </td>
          <td>{messages}</td>
          <td>{age(at, now)}</td>
        </tr>
      ))}
    </table>
  );
}
