import type { VNode } from "preact";
import { scrolling } from "./context";

interface Props<T> {
  box: string;
  label: string;
  head: T[];
  rows: T[][];
  show: (cell: T) => VNode;
  /** By column. */
  classes: (string | undefined)[];
}

/** A table, in a box that scrolls. */
export function Table<T>({ box, label, head, rows, show, classes }: Props<T>): VNode {
  return (
    <div class={box} {...scrolling(label)}>
      <table>
        <thead>
          <tr>
            {head.map((cell, column) =>
              // One that names nothing is no header.
              cell === "" ? (
                <td />
              ) : (
                <th scope="col" class={classes[column]}>
                  {show(cell)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell, column) => (
                <td class={classes[column]}>{show(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
