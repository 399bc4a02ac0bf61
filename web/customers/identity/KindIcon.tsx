import { IconDeviceMobile, IconId, IconMail, IconPhone, IconUser } from "@tabler/icons-react";

/** A small picture of a kind of identifier; the name of the kind stands beside it. */
export const KindIcon = ({ kind }: { kind: string }) => {
  switch (kind) {
    case "user": return <IconUser size={15} aria-hidden />;
    case "anonymous": return <IconDeviceMobile size={15} aria-hidden />;
    case "email": return <IconMail size={15} aria-hidden />;
    case "phone": return <IconPhone size={15} aria-hidden />;
    default: return <IconId size={15} aria-hidden />;
  }
};
