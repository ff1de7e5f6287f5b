-- AlterTable
ALTER TABLE "api" ADD COLUMN     "declaredTitle" TEXT;

-- AlterTable
ALTER TABLE "spec_text" ADD COLUMN     "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
