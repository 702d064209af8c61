import { z } from "zod";

// Loaded before any page that makes schemas: the content security policy forbids the code zod would otherwise compile.
z.config({ jitless: true });
