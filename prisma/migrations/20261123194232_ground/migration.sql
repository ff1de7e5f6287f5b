-- Words are found anywhere in a text by trigrams.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateTable
CREATE TABLE "api" (
    "id" TEXT NOT NULL,
    "cluster" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "protocol" TEXT NOT NULL,
    "server" TEXT,
    "owner" TEXT,
    "visibility" TEXT NOT NULL,
    "visibilityGroups" TEXT[],
    "tags" TEXT[],
    "state" TEXT NOT NULL,
    "stateReason" TEXT,
    "internalUrl" TEXT,
    "publicUrls" TEXT[],
    "revisions" JSONB NOT NULL,
    "provenance" JSONB NOT NULL,
    "origin" TEXT NOT NULL DEFAULT 'none',
    "operationCount" INTEGER NOT NULL DEFAULT 0,
    "unstable" BOOLEAN NOT NULL DEFAULT false,
    "confirmedByCluster" BOOLEAN NOT NULL DEFAULT true,
    "confirmedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retiredAt" TIMESTAMPTZ(3),
    "observedDigest" TEXT NOT NULL,
    "searchText" TEXT NOT NULL DEFAULT '',
    "currentVersionId" TEXT,
    "clusterDigest" TEXT,

    CONSTRAINT "api_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "endpoint" (
    "id" TEXT NOT NULL,
    "apiId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "reach" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "address" JSONB,
    "problem" TEXT,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document" (
    "digest" TEXT NOT NULL,
    "contractDigest" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "raw" BYTEA NOT NULL,
    "canonical" BYTEA NOT NULL,
    "title" TEXT NOT NULL,
    "label" TEXT,
    "summary" TEXT NOT NULL DEFAULT '',
    "operations" JSONB NOT NULL,
    "repairs" JSONB NOT NULL,
    "pipelineVersion" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "spec_version" (
    "id" TEXT NOT NULL,
    "apiId" TEXT NOT NULL,
    "line" TEXT NOT NULL DEFAULT 'main',
    "number" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "contractDigest" TEXT NOT NULL,
    "lifecycle" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "publishedById" TEXT,
    "releaseNote" TEXT,
    "operationCount" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "currentSince" TIMESTAMPTZ(3),
    "baseVersionId" TEXT,

    CONSTRAINT "spec_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "spec_text" (
    "versionId" TEXT NOT NULL,
    "documentDigest" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "spec_text_pkey" PRIMARY KEY ("versionId","documentDigest")
);

-- CreateTable
CREATE TABLE "served_by" (
    "versionId" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "images" TEXT[],
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "served_by_pkey" PRIMARY KEY ("versionId","revision")
);

-- CreateTable
CREATE TABLE "spec_change" (
    "versionId" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "ruleId" TEXT NOT NULL,
    "change" JSONB NOT NULL,
    "engineVersion" INTEGER NOT NULL,

    CONSTRAINT "spec_change_pkey" PRIMARY KEY ("versionId","ordinal")
);

-- CreateTable
CREATE TABLE "acquisition" (
    "apiId" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "probeKey" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "failure" TEXT,
    "place" TEXT,
    "message" TEXT,
    "advice" TEXT,
    "etag" TEXT,
    "requests" INTEGER NOT NULL,
    "documentDigest" TEXT,
    "fetchedAt" TIMESTAMPTZ(3),
    "contractDigests" TEXT[],
    "unstable" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "acquisition_pkey" PRIMARY KEY ("apiId","revision")
);

-- CreateTable
CREATE TABLE "source_state" (
    "cluster" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "message" TEXT,
    "objectCount" INTEGER NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "lagMs" INTEGER,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_state_pkey" PRIMARY KEY ("cluster","group","kind")
);

-- CreateTable
CREATE TABLE "discovery_report" (
    "cluster" TEXT NOT NULL,
    "leftOut" JSONB NOT NULL,
    "warnings" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "discovery_report_pkey" PRIMARY KEY ("cluster")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "userId" TEXT NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "session" (
    "tokenHash" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "user_group" (
    "userId" TEXT NOT NULL,
    "group" TEXT NOT NULL,

    CONSTRAINT "user_group_pkey" PRIMARY KEY ("userId","group")
);

-- CreateTable
CREATE TABLE "access_token" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "userId" TEXT,
    "role" TEXT NOT NULL,
    "groups" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "access_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow" (
    "userId" TEXT NOT NULL,
    "apiId" TEXT NOT NULL,
    "level" TEXT NOT NULL DEFAULT 'breaking-and-risky',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "follow_pkey" PRIMARY KEY ("userId","apiId")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" TEXT NOT NULL,
    "apiId" TEXT NOT NULL,
    "versionId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "counts" JSONB NOT NULL,
    "message" TEXT NOT NULL,
    "advice" TEXT NOT NULL,
    "dedupeKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_recipient" (
    "noticeId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "readAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "mailedAt" TIMESTAMPTZ(3),

    CONSTRAINT "notice_recipient_pkey" PRIMARY KEY ("noticeId","userId")
);

-- CreateTable
CREATE TABLE "draft" (
    "id" TEXT NOT NULL,
    "apiId" TEXT NOT NULL,
    "documentDigest" TEXT NOT NULL,
    "releaseNote" TEXT NOT NULL DEFAULT '',
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "publishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_currentVersionId_key" ON "api"("currentVersionId");

-- CreateIndex
CREATE INDEX "api_namespace_name_idx" ON "api"("namespace", "name");

-- CreateIndex
CREATE INDEX "api_title_id_idx" ON "api"("title", "id");

-- CreateIndex
CREATE INDEX "api_searchText_idx" ON "api" USING GIN ("searchText" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "api_cluster_namespace_group_kind_name_key" ON "api"("cluster", "namespace", "group", "kind", "name");

-- CreateIndex
CREATE UNIQUE INDEX "endpoint_apiId_url_via_key" ON "endpoint"("apiId", "url", "via");

-- CreateIndex
CREATE INDEX "spec_version_baseVersionId_idx" ON "spec_version"("baseVersionId");

-- CreateIndex
CREATE UNIQUE INDEX "spec_version_apiId_line_number_key" ON "spec_version"("apiId", "line", "number");

-- CreateIndex
CREATE UNIQUE INDEX "spec_version_apiId_line_contractDigest_key" ON "spec_version"("apiId", "line", "contractDigest");

-- CreateIndex
CREATE INDEX "spec_text_documentDigest_idx" ON "spec_text"("documentDigest");

-- CreateIndex
CREATE INDEX "account_userId_idx" ON "account"("userId");

-- CreateIndex
CREATE INDEX "session_userId_idx" ON "session"("userId");

-- CreateIndex
CREATE INDEX "session_expiresAt_idx" ON "session"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "access_token_tokenHash_key" ON "access_token"("tokenHash");

-- CreateIndex
CREATE INDEX "access_token_userId_idx" ON "access_token"("userId");

-- CreateIndex
CREATE INDEX "follow_apiId_idx" ON "follow"("apiId");

-- CreateIndex
CREATE UNIQUE INDEX "notice_dedupeKey_key" ON "notice"("dedupeKey");

-- CreateIndex
CREATE INDEX "notice_apiId_idx" ON "notice"("apiId");

-- CreateIndex
CREATE INDEX "notice_recipient_userId_createdAt_idx" ON "notice_recipient"("userId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "draft_apiId_idx" ON "draft"("apiId");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at" DESC);

-- AddForeignKey
ALTER TABLE "api" ADD CONSTRAINT "api_currentVersionId_fkey" FOREIGN KEY ("currentVersionId") REFERENCES "spec_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_apiId_fkey" FOREIGN KEY ("apiId") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "spec_version" ADD CONSTRAINT "spec_version_apiId_fkey" FOREIGN KEY ("apiId") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "spec_version" ADD CONSTRAINT "spec_version_baseVersionId_fkey" FOREIGN KEY ("baseVersionId") REFERENCES "spec_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "spec_text" ADD CONSTRAINT "spec_text_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "spec_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "spec_text" ADD CONSTRAINT "spec_text_documentDigest_fkey" FOREIGN KEY ("documentDigest") REFERENCES "document"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "served_by" ADD CONSTRAINT "served_by_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "spec_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "spec_change" ADD CONSTRAINT "spec_change_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "spec_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "acquisition" ADD CONSTRAINT "acquisition_apiId_fkey" FOREIGN KEY ("apiId") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_group" ADD CONSTRAINT "user_group_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow" ADD CONSTRAINT "follow_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow" ADD CONSTRAINT "follow_apiId_fkey" FOREIGN KEY ("apiId") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_apiId_fkey" FOREIGN KEY ("apiId") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "spec_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_recipient" ADD CONSTRAINT "notice_recipient_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_recipient" ADD CONSTRAINT "notice_recipient_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_apiId_fkey" FOREIGN KEY ("apiId") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_documentDigest_fkey" FOREIGN KEY ("documentDigest") REFERENCES "document"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
