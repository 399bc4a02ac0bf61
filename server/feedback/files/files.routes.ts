import { Readable } from "node:stream";
import { AppError, FileReply, createLimiter, defineRoute, fileReply } from "#platform/http";
import type { RawRoutes } from "#platform/http";
import { z } from "zod";
import { takeAnswerFile } from "./answer-files.ts";
import { SurveyPicture, UploadAnswerFileQuery, UploadPictureQuery } from "./files.contract.ts";
import { findFileOfResponse, findPicture } from "./files.queries.ts";
import { takePicture } from "./pictures.ts";
import { openFile } from "./stored-files.ts";

const tag = "feedback";
const UPLOADS_PER_MINUTE = 30;

export const filesRoutes = [
  defineRoute({
    method: "POST", url: "/api/surveys/:id/files", summary: "Send a picture for a survey: PNG, JPEG or WebP", tag, access: { ability: "surveys.write" },
    params: z.object({ id: z.uuid() }), query: UploadPictureQuery, upload: true, reply: SurveyPicture, status: 201, limit: { perMinute: 60 },
    answer: async ({ actor, services, params, query, request }) => {
      const picture = await takePicture(services, actor, params.id, query.name, streamOf(request.body));
      return { ...picture, url: `/s/files/${picture.id}` };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/responses/:id/files/:fileId", summary: "A file somebody sent with an answer", tag, access: { ability: "responses.read" },
    params: z.object({ id: z.uuid(), fileId: z.uuid() }), reply: fileReply("application/octet-stream"),
    answer: async ({ actor, services, params }) => {
      const file = await findFileOfResponse(services.db, { workspaceId: actor.workspaceId, responseId: params.id, id: params.fileId });
      const stored = file === null ? null : await openFile(services, file.id);
      if (file === null || stored === null) throw new AppError("not_found", 404, `There is no file ${params.fileId} in response ${params.id} here.`);
      return new FileReply({ contentType: file.contentType, fileName: file.name, body: stored.bytes });
    },
  }),
];

/** Files from and for people without an account: any content type, since browsers say what they like. */
export const publicFilesRoutes: RawRoutes = (app, services) => {
  const limiter = createLimiter();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
  app.post("/api/public/files", async (request, reply) => {
    const waitSeconds = limiter(request.ip, UPLOADS_PER_MINUTE * services.config.rateLimitFactor, services.clock.now().getTime());
    if (waitSeconds > 0) {
      reply.header("retry-after", String(waitSeconds));
      throw new AppError("too_many_requests", 429, `Too many files at once. Try again in ${waitSeconds} s.`);
    }
    const query = UploadAnswerFileQuery.safeParse(request.query);
    if (!query.success) throw new AppError("invalid_input", 400, `The request does not fit: ${query.error.issues.map((issue) => `query.${issue.path.join(".")} ${issue.message}`).join("; ")}.`);
    return reply.code(201).header("cache-control", "no-store").send(await takeAnswerFile(services, query.data, streamOf(request.body)));
  });
  app.get("/s/files/:id", async (request, reply) => {
    const id = z.object({ id: z.uuid() }).safeParse(request.params).data?.id;
    const picture = id === undefined ? null : await findPicture(services.db, id);
    const stored = picture === null ? null : await openFile(services, picture.id);
    if (picture === null || stored === null) throw new AppError("not_found", 404, "There is no picture at this address.");
    // A picture under an id never changes; other sites show it inside the widget.
    return reply.headers({
      "content-type": picture.contentType, "content-length": String(stored.sizeBytes), "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox", "cross-origin-resource-policy": "cross-origin",
    }).send(stored.bytes);
  });
};

const streamOf = (body: unknown): Readable => (body instanceof Readable ? body : Readable.from(Buffer.isBuffer(body) ? [body] : []));
