import { expect, it } from "vitest";
import { joinSql, sql } from "../../../src/main/database/sql.ts";

it("binds every value and splices fragments, so that text never becomes a statement", () => {
  const hostile = "x'; DROP TABLE work_people; --";
  const where = joinSql([sql`name = ${hostile}`, sql`id > ${4}`], " AND ");
  const statement = sql`SELECT * FROM work_people WHERE ${where} LIMIT ${10}`;
  expect(statement.text).toBe("SELECT * FROM work_people WHERE name = ? AND id > ? LIMIT ?");
  expect(statement.values).toEqual([hostile, 4, 10]);
});
