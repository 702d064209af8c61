import { z } from "zod";

// Before any schema is made: the content security policy forbids the code zod would otherwise compile.
z.config({ jitless: true });
