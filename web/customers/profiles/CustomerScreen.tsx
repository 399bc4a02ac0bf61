import { ActionIcon, Menu } from "@mantine/core";
import { useThrottledCallback } from "@mantine/hooks";
import { IconDots, IconDownload, IconTrash } from "@tabler/icons-react";
import { Link, Navigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { download } from "../../shell/downloads.ts";
import { useLive } from "../../shell/live.ts";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { ContactCard } from "../contact-policy/ContactCard.tsx";
import { IdentityCard } from "../identity/IdentityCard.tsx";
import classes from "./CustomerScreen.module.css";
import { EraseDialog } from "./EraseDialog.tsx";
import { NoteForm } from "./NoteForm.tsx";
import { exportAddress, useCustomer, useCustomerRefresh, type CustomerDetail } from "./profiles.data.ts";
import { profilesTexts } from "./profiles.texts.ts";
import { StateLine } from "./StateLine.tsx";
import { TimelineCard } from "./TimelineCard.tsx";
import { TraitsCard } from "./TraitsCard.tsx";

// Under load the workspace moves many times a second, and most of it is about others.
const REFRESH_MS = 1500;

export const CustomerScreen = () => {
  const t = useTexts(profilesTexts);
  const { customerId = "" } = useParams({ strict: false });
  const customer = useCustomer(customerId);
  const refresh = useCustomerRefresh(customerId);
  const follow = useThrottledCallback(() => void refresh(), REFRESH_MS);
  useLive(["customer.merged", "customer.separated", "customer.links_decided", "customer.changed", "experience.advanced"], follow);
  const back = <Link to="/customers">{t("all")}</Link>;
  if (customer.data === undefined) {
    return (
      <>
        <PageHeader title={t("one")} back={back} />
        {customer.error === null ? <Loading kind="page" /> : <ErrorState error={customer.error} onRetry={() => void customer.refetch()} />}
      </>
    );
  }
  if (customer.data.mergedFrom !== null) return <Navigate to="/customers/$customerId" params={{ customerId: customer.data.id }} replace />;
  return (
    <>
      <PageHeader title={customer.data.name} back={back} actions={<CustomerMenu customer={customer.data} />} />
      <Customer key={customer.data.id} customer={customer.data} />
    </>
  );
};

const Customer = ({ customer }: { customer: CustomerDetail }) => {
  const t = useTexts(profilesTexts);
  const canWrite = useAbility("customers.write");
  return (
    <div className={classes.page}>
      <StateLine customer={customer} />
      <div className={classes.main}>
        {canWrite && (
          <Card title={t("write")}>
            <NoteForm customerId={customer.id} />
          </Card>
        )}
        <TimelineCard customerId={customer.id} />
      </div>
      <div className={classes.side}>
        <TraitsCard customerId={customer.id} traits={customer.traits} />
        {customer.groups.length > 0 && (
          <Card title={t("groups")}>
            <ul className="line-list">
              {customer.groups.map((group) => (
                <li key={group.id}>
                  <Link to="/customers/groups/$groupId" params={{ groupId: String(group.id) }}>{group.name}</Link>
                </li>
              ))}
            </ul>
          </Card>
        )}
        <ContactCard customerId={customer.id} />
        <IdentityCard customer={customer} />
      </div>
    </div>
  );
};

const CustomerMenu = ({ customer }: { customer: CustomerDetail }) => {
  const t = useTexts(profilesTexts);
  const canExport = useAbility("customers.export");
  const canErase = useAbility("customers.erase");
  const [isErasing, setErasing] = useState(false);
  if (!canExport && !canErase) return null;
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t("more")}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {canExport && (
            <Menu.Item component="a" href={exportAddress(customer.id)} download onClick={download} leftSection={<IconDownload size={15} aria-hidden />}>
              {t("export")}
            </Menu.Item>
          )}
          {canErase && (
            <Menu.Item c="var(--det)" leftSection={<IconTrash size={15} aria-hidden />} onClick={() => setErasing(true)}>
              {t("erase")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <EraseDialog customer={customer} isOpen={isErasing} onClose={() => setErasing(false)} />
    </>
  );
};
