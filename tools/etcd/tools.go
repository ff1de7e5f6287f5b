//go:build tools

// Package tools pins the etcd that the integration tests build when no binary is at hand.
package tools

import _ "go.etcd.io/etcd/server/v3"
