//go:build tools

// Package tools pins the Kubernetes API server that the integration tests build when no binary is at hand.
package tools

import _ "k8s.io/kubernetes/cmd/kube-apiserver"
