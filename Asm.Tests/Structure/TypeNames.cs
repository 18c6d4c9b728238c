using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Asm.Tests.Structure;

/// <summary>
/// Collects the types that a file names: in its code and its documentation, by their own name, by a member's, by <c>var</c> or by
/// <c>new()</c>. Of nested types the outermost counts. Directives do not count: what they bring in counts where it is used.
/// </summary>
internal sealed class TypeNames(SemanticModel model) : CSharpSyntaxWalker(SyntaxWalkerDepth.StructuredTrivia)
{
    // Words that the syntax tree calls names and the compiler does not.
    private static readonly string[] Keywords = ["nameof", "unmanaged", "notnull"];

    /// <summary>The types.</summary>
    public HashSet<INamedTypeSymbol> Types { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Names that stand for nothing the compiler knows: behind them a use may hide.</summary>
    public List<string> Unknown { get; } = [];

    public override void VisitUsingDirective(UsingDirectiveSyntax node) { }

    public override void VisitIdentifierName(IdentifierNameSyntax node) => Add(node);

    public override void VisitGenericName(GenericNameSyntax node)
    {
        Add(node);
        base.VisitGenericName(node);
    }

    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        Add(node);
        base.VisitImplicitObjectCreationExpression(node);
    }

    private void Add(SyntaxNode node)
    {
        SymbolInfo info = model.GetSymbolInfo(node);
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (Outermost(symbol) is { } type) Types.Add(type);
        else if (symbol is null && !Keywords.Contains(node.ToString()))
            Unknown.Add($"{node.SyntaxTree.FilePath}({node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {node}");
    }

    private static INamedTypeSymbol? Outermost(ISymbol? symbol)
    {
        if (symbol is IAliasSymbol alias) symbol = alias.Target;
        if (symbol is IMethodSymbol { ReducedFrom: { } extension }) symbol = extension;
        while (symbol is IArrayTypeSymbol array) symbol = array.ElementType;
        INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer) type = outer;
        return type?.OriginalDefinition;
    }
}
