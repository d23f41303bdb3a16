import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { SESSION_COOKIE } from '../../auth/cookie.js';

const errorReply = z.object({
  error: z.object({
    code: z.string().meta({ description: 'Stable: `scenario.has-errors`.' }),
    message: z.string().meta({ description: 'For people.' }),
    details: z.record(z.string(), z.json()),
  }),
});

/** The description of the REST API, from the routes and their schemas. */
export function describeApi(app: NestExpressApplication, version: string): OpenAPIObject {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Callwright')
    .setDescription(
      'Errors are `{ "error": { "code", "message", "details" } }`; times are ISO 8601 in UTC; ids are opaque.',
    )
    .setVersion(version)
    .addBearerAuth()
    .addCookieAuth(SESSION_COOKIE)
    .addGlobalResponse({ status: 'default', description: 'An error.', standardSchema: errorReply })
    .build();
  return SwaggerModule.createDocument(app, about, {
    standardSchemaConverter: (schema, { schemaType }) =>
      schema instanceof z.ZodType ? { schema: jsonSchemaOf(schema, schemaType) } : undefined,
  });
}

function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...description } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
  return description;
}
