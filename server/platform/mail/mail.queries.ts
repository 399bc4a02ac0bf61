import type { Queryable } from "../db/db.api.ts";

export type Mail = { id: string; workspaceId: string | null; to: string; subject: string; text: string; html: string | null };

export const insertMail = async (tx: Queryable, mail: Mail): Promise<void> => {
  await tx.query("insert into platform.mails (id, workspace_id, recipient, subject, body_text, body_html) values ($1, $2, $3, $4, $5, $6)", [
    mail.id,
    mail.workspaceId,
    mail.to,
    mail.subject,
    mail.text,
    mail.html,
  ]);
};

export const findUnsentMail = async (db: Queryable, id: string): Promise<Mail | null> => {
  const { rows } = await db.query<Mail>(
    `select id, workspace_id as "workspaceId", recipient as "to", subject, body_text as "text", body_html as "html"
     from platform.mails
     where id = $1 and sent_at is null`,
    [id],
  );
  return rows[0] ?? null;
};

// What a mail said is not needed once it is sent; reset links in particular must not lie about.
export const markMailSent = async (db: Queryable, id: string): Promise<void> => {
  await db.query("update platform.mails set sent_at = now(), body_text = '', body_html = null where id = $1", [id]);
};
