/** "1 row", "1,284 rows"; `many` where the plural is no mere s: "1 row waits", "2 rows wait". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
