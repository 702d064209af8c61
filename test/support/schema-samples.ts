import fc from "fast-check";
import { z } from "zod";

/** The part of JSON Schema that zod writes for the contract. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema | boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** The schema of what goes into (`input`) or comes out of (`output`) a zod type. */
export function jsonSchemaOf(type: z.ZodType, io: "input" | "output"): JsonSchema {
  return z.toJSONSchema(type, { io, unrepresentable: "any" }) as JsonSchema;
}

function textOf(schema: JsonSchema): string {
  const patterns = [schema.pattern, ...(schema.allOf ?? []).map((one) => one.pattern)].filter(
    (one) => one !== undefined,
  );
  const [pattern] = patterns;
  if (pattern === undefined) return "x".repeat(Math.max(1, schema.minLength ?? 1)).slice(0, schema.maxLength ?? 100);
  const fits = (text: string): boolean =>
    text.length <= (schema.maxLength ?? 60) && text.length >= (schema.minLength ?? 0);
  const [text] = fc.sample(fc.stringMatching(new RegExp(pattern, "u")).filter(fits), { numRuns: 1, seed: 7 });
  return text ?? "";
}

/** A value the schema accepts, with every optional member present. `addTo` may add members to every closed object. */
export function sampleOf(root: JsonSchema, addTo: Readonly<Record<string, unknown>> = {}): unknown {
  const make = (schema: JsonSchema, depth: number): unknown => {
    if (schema.$ref !== undefined) {
      const target = schema.$ref === "#" ? root : root.$defs?.[schema.$ref.replace("#/$defs/", "")];
      return target === undefined || depth > 6 ? "x" : make(target, depth + 1);
    }
    if ("const" in schema) return schema.const;
    if (schema.enum !== undefined) return schema.enum[0];
    const choice = (schema.anyOf ?? schema.oneOf)?.[0];
    if (choice !== undefined) return make(choice, depth + 1);
    switch (schema.type) {
      case "string":
        return textOf(schema);
      case "integer":
      case "number":
        return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
      case "boolean":
        return true;
      case "null":
        return null;
      case "array":
        return typeof schema.items === "object"
          ? Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => make(schema.items as JsonSchema, depth + 1))
          : [];
      case "object": {
        if (schema.properties !== undefined) {
          const members = Object.entries(schema.properties).map(([name, part]) => [name, make(part, depth + 1)]);
          return { ...Object.fromEntries(members), ...addTo };
        }
        const inside = typeof schema.additionalProperties === "object" ? schema.additionalProperties : {};
        const names = schema.propertyNames?.enum ?? ["some"];
        const all = schema.required ?? names.slice(0, 2);
        return Object.fromEntries(all.map((name) => [String(name), make(inside, depth + 1)]));
      }
      default:
        return "x";
    }
  };
  return make(root, 0);
}
