namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for in a framework that predates <c>init</c> accessors.</summary>
internal static class IsExternalInit;
